using System.Globalization;
using System.Text;
using MWork.Probes.Text;
using MWork.Probes.Text.Published;

namespace MWork.Probes.Tasks;

/// <summary>
/// Published items as prompts. The words are those of the paper's released code where it has them (DAMO-NLP-SG/multilingual_analysis,
/// commit be2b161, <c>neuron_deactivate/test_mistral_gsm.py</c>: MGSM in English, Chinese, German, French, Spanish and Russian, without exemplars);
/// that code asks no other task, so for the others the layout is the same or the one of the source named beside it.
/// </summary>
public static class TaskPrompts
{
    // As released, "Let's this step by step" included: a prompt is copied, not corrected.
    private static readonly Dictionary<string, Words> s_released = new(StringComparer.Ordinal)
    {
        ["en"] = new("Question: ", "\nAnswer: ", "Let's this step by step.\n", "\nSummary: "),
        ["zh"] = new("问题：", "\n答案：", "请逐步解答。\n", "\n摘要："),
        ["de"] = new("Frage: ", "\nAntwort: ", "Lassen Sie uns dies Schritt für Schritt durchgehen.\n", "\nZusammenfassung: "),
        ["fr"] = new("Question: ", "\nRépondre: ", "Voyons cela étape par étape.\n", "\nRésumé: "),
        ["es"] = new("Pregunta: ", "\nRespuesta: ", "Vayamos paso a paso.\n", "\nResumen: "),
        ["ru"] = new("вопрос: ", "\nотвечать: ", "Давайте это шаг за шагом.\n", "\nкраткое содержание: "),
    };

    // MGSM's own labels (google-research/url-nlp, mgsm/exemplars.py), for the languages that the released code leaves out.
    private static readonly Dictionary<string, (string Question, string Answer)> s_mgsm = new(StringComparer.Ordinal)
    {
        ["bn"] = ("প্রশ্ন: ", "\nধাপে ধাপে উত্তর: "),
        ["ja"] = ("問題：", "\nステップごとの答え："),
        ["sw"] = ("Swali: ", "\nJibu la Hatua kwa Hatua: "),
        ["te"] = ("ప్రశ్న: ", "\nదశలవారీగా సమాధానం: "),
        ["th"] = ("โจทย์: ", "\nคำตอบทีละขั้นตอน: "),
    };

    // EleutherAI/lm-evaluation-harness, lm_eval/tasks/xcopa/utils.py; English as its task copa has it.
    private static readonly Dictionary<string, (string Cause, string Effect)> s_connectors = new(StringComparer.Ordinal)
    {
        ["en"] = ("because", "therefore"),
        ["et"] = ("sest", "seetõttu"),
        ["ht"] = ("poukisa", "donk sa"),
        ["id"] = ("karena", "maka"),
        ["it"] = ("perché", "quindi"),
        ["qu"] = ("imataq", "chaymi"),
        ["sw"] = ("kwa sababu", "kwa hiyo"),
        ["ta"] = ("காரணமாக", "எனவே"),
        ["th"] = ("เพราะ", "ดังนั้น"),
        ["tr"] = ("çünkü", "bu yüzden"),
        ["vi"] = ("bởi vì", "vì vậy"),
        ["zh"] = ("因为", "所以"),
    };

    /// <summary>The question, to be answered step by step; the target is the number without separators.</summary>
    /// <exception cref="TextFormatException">There are no words for that language.</exception>
    public static TaskSample Of(MgsmItem item, string language) => new()
    {
        Id = Number("mgsm", item.Row),
        Language = language,
        Prompt = s_released.TryGetValue(language, out Words? words) ? words.Question + item.Question + words.Answer + words.Instruction
            : s_mgsm.TryGetValue(language, out (string Question, string Answer) own) ? own.Question + item.Question + own.Answer
            : throw Unknown("MGSM", language, s_released.Keys.Concat(s_mgsm.Keys)),
        Targets = [item.Answer.ToString("0.##########", CultureInfo.InvariantCulture)],
    };

    /// <summary>The context, then the question in the words of MGSM's prompt; English words for languages that those lack.</summary>
    public static TaskSample Of(XquadItem item, string language) => new()
    {
        Id = item.Id,
        Language = language,
        Prompt = item.Context + "\n" + WordsOf(language).Question + item.Question + WordsOf(language).Answer,
        Targets = item.Answers,
    };

    /// <summary>The premise without its full stop and a connector; the choices go on from there, in lower case.</summary>
    /// <exception cref="TextFormatException">There is no connector in that language.</exception>
    public static TaskSample Of(XcopaItem item, string language)
    {
        (string cause, string effect) = s_connectors.TryGetValue(language, out (string, string) found)
            ? found
            : throw Unknown("XCOPA", language, s_connectors.Keys);
        string premise = item.Premise.Trim();
        Rune.DecodeLastFromUtf16(premise, out _, out int stop);
        string[] choices = [.. item.Choices.Select(choice => " " + choice[..1].ToLowerInvariant() + choice[1..])];
        return new TaskSample
        {
            Id = Number("xcopa", item.Index),
            Language = language,
            Prompt = $"{premise[..^stop]} {(item.AsksCause ? cause : effect)}",
            Targets = [choices[item.Right]],
            Candidates = choices,
        };
    }

    /// <summary>The sentence with the candidate in place of the mask, as the BMLAMA code scores decoders (1_easyrun/main.py).</summary>
    public static TaskSample Of(BmlamaItem item, string language)
    {
        int mask = item.Prompt.IndexOf(BmlamaItem.Mask, StringComparison.Ordinal);

        // Tokenizers put the space before a word into the word's token, so it belongs to the candidate.
        bool space = mask > 0 && item.Prompt[mask - 1] == ' ';
        return new TaskSample
        {
            Id = Number("bmlama", item.Row),
            Language = language,
            Prompt = item.Prompt[..(space ? mask - 1 : mask)],
            Suffix = item.Prompt[(mask + BmlamaItem.Mask.Length)..],
            Targets = [.. item.Answers.Select(Spaced)],
            Candidates = [.. item.Candidates.Select(Spaced)],
        };

        string Spaced(string answer) => space ? " " + answer : answer;
    }

    /// <summary>The article, then the word for summary; English for languages without one.</summary>
    public static TaskSample Of(XlsumItem item, string language) => new()
    {
        Id = item.Id,
        Language = language,
        Prompt = item.Text + WordsOf(language).Summary,
        Targets = [item.Summary],
    };

    /// <summary>The question with its lettered choices, in the words of MGSM's prompt; the letter is the answer.</summary>
    /// <exception cref="TextFormatException">The item's answer is hidden.</exception>
    public static TaskSample Of(XcsqaItem item, string language)
    {
        Words words = WordsOf(language);
        int right = item.Answer ?? throw new TextFormatException(
            $"X-CSQA's question '{item.Id}' has no answerKey, which its test files hide; take the dev file.");
        return new TaskSample
        {
            Id = item.Id,
            Language = language,
            Prompt = words.Question + item.Question + string.Concat(item.Choices.Select(choice => $"\n{choice.Label}. {choice.Text}")) + words.Answer.TrimEnd(),
            Targets = [" " + item.Choices[right].Label],
            Candidates = [.. item.Choices.Select(choice => " " + choice.Label)],
        };
    }

    private static Words WordsOf(string language) => s_released.GetValueOrDefault(language) ?? s_released["en"];

    private static string Number(string task, int row) => string.Create(CultureInfo.InvariantCulture, $"{task} {row}");

    private static TextFormatException Unknown(string task, string language, IEnumerable<string> known) => new(
        $"There is no {task} prompt for '{language}'; there are some for {string.Join(", ", known)}.");

    private sealed record Words(string Question, string Answer, string Instruction, string Summary);
}

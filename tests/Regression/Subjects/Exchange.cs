using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Subjects;
using MWork.Probes.Subjects.SmallWorld;
using MWork.Probes.Tensors;
using MWork.Probes.Text;

namespace MWork.Regression.Subjects;

/// <summary>The state that one question leaves at the end of the task-solving zone, put in the place of another's in another
/// language.</summary>
internal static class Exchange
{
    private const int Pairs = 20;

    /// <summary>How often the highest token means what the donor answers, in whichever language, of the donors that know their answer: below a weak one,
    /// words of like codes tie, and rounding decides. How often it is a word of the recipient's language; and of the donor's.</summary>
    public static (double Concept, double Own, double Donor) Measure(Subject subject)
    {
        Fact[] facts = [.. subject.World.Facts.Where(fact => fact.IsShared && fact.Split == Use.Test)];
        int known = 0;
        int concept = 0;
        int own = 0;
        int foreign = 0;
        for (int i = 0; i < Pairs; i++)
        {
            Language language = subject.Languages[i % subject.Languages.Count];
            Language other = subject.Languages[(i + 1 + (i % 4)) % subject.Languages.Count];
            Prompt donor = subject.World.Prompt(facts[^(i + 1)], other, Use.Test);
            int top = Top(subject, subject.World.Prompt(facts[i], language, Use.Test), donor);
            Concept answer = Meaning(subject, Top(subject, donor, donor));
            if (answer.In(other) == donor.Answer)
            {
                known++;
                concept += Meaning(subject, top) == answer ? 1 : 0;
            }

            own += subject.Tokens[top] == subject.Tokens.IndexOf(language.Code) ? 1 : 0;
            foreign += subject.Tokens[top] == subject.Tokens.IndexOf(other.Code) ? 1 : 0;
        }

        return (concept / (double)known, own / (double)Pairs, foreign / (double)Pairs);
    }

    private static Concept Meaning(Subject subject, int token)
    {
        string word = subject.Model.Tokenizer.IdToToken(token)!;
        return subject.World.Concepts.Single(concept =>
            subject.Languages.Any(language => concept.HasWordIn(language) && concept.In(language) == word));
    }

    private static int Top(Subject subject, Prompt recipient, Prompt donor)
    {
        string site = Sites.ResidPost(subject.Zones.SolvingTo(subject.Layers) - 1);
        using var scope = new TensorScope();
        int width = subject.Model.Decoder.Config.HiddenSize;
        float[] state = Pass(donor, SitePlan.None.Record(site))[site].ToArray()[^width..];
        float[] logits = Pass(recipient, SitePlan.None.Edit(site, (ops, value) =>
        {
            float[] states = value.ToArray();
            state.CopyTo(states, states.Length - width);
            return ops.FromArray(states, value.Shape);
        })).Logits.ToArray();
        return Array.IndexOf(logits, logits.Max());

        ForwardPass Pass(Prompt prompt, SitePlan plan) => subject.Model.Decoder.Forward(
            subject.Model.Ops, TokenBatch.Of([subject.Encode(prompt)]), plan, logits: LogitsAt.Last);
    }
}

using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Probes.Neurons;
using MWork.Probes.Randomness;
using MWork.Probes.Statistics;
using MWork.Probes.Subjects;
using MWork.Probes.Tasks;

namespace MWork.Hypotheses;

/// <summary>
/// T3's statistic: what random feed-forward neurons of the task-solving layers cost less what as many of as many other layers cost, over all
/// languages. Any neuron may be drawn, in both zones alike.
/// </summary>
internal static class ZoneAblation
{
    public static Measurement Measure(Subject subject, Claim claim, AblationProtocol protocol)
    {
        AblationScores[] scores = [.. subject.Languages.Select(language => TaskScores.Knowledge(subject, language))];
        if (scores.Fails(protocol.SmallestAccuracy) is { } cannot)
        {
            return Measurement.Invalid(claim, cannot, scores[0].Prompts.Count);
        }

        int[] solving = [.. subject.Zones.Solving(subject.Layers)];
        int[] all = [.. Enumerable.Range(0, subject.Layers)];
        int[] outside = [.. all.Except(solving)];
        int layers = Math.Min(solving.Length, outside.Length);
        int neurons = subject.Model.Decoder.Config.IntermediateSize;
        int perLayer = Math.Max(1, (int)Math.Round(protocol.ZoneShare * neurons));
        var random = new CounterRandom(protocol.Seed, "T3 draws");
        int facts = scores[0].Prompts.Count;
        int[][] design = SparseDesign.Balanced(protocol.ZoneDraws, facts, protocol.FactsPerDraw, random);
        double[][] inside = Costs(solving);
        double[][] elsewhere = Costs(outside);
        double[][] anywhere = Costs(all);
        (TwoWayCell Outside, TwoWayCell All)[] cells = [.. design.SelectMany((scored, draw) => scored.Select((fact, i) => (
            new TwoWayCell(fact, draw, inside[draw][i] - elsewhere[draw][i]), new TwoWayCell(fact, draw, inside[draw][i] - anywhere[draw][i]))))];
        var bootstrap = new Bootstrap(new CounterRandom(protocol.Seed, "T3 bootstrap"));
        TwoWayCell[] voting = [.. cells.Select(cell => cell.Outside)];
        return new Measurement
        {
            Findings =
            [
                Finding.Of(
                    claim.Criteria[0],
                    bootstrap.TwoWayMean(voting),
                    StudentT.P(PerFact.Average(voting.Select(cell => (cell.Fact, cell.Value))), protocol.SmallestZoneGap)) with
                {
                    Redraw = Redraw.OfTwoWay(voting, claim.Criteria[0].Region!.IntervalLevel()),
                },
                Finding.Of(claim.Criteria[1], bootstrap.TwoWayMean([.. cells.Select(cell => cell.All)])),
            ],
            Seeds = new(StringComparer.Ordinal) { ["draws"] = protocol.Seed, ["bootstrap"] = protocol.Seed },
        };

        // As many layers of either zone, chance deciding which, and as many neurons of each.
        NeuronSet Draw(int[] zone, int draw)
        {
            CounterRandom chance = random.Fork(string.Join(' ', zone)).Fork(draw);
            return new NeuronSet(chance.Sample(zone.Length, layers).SelectMany(layer =>
                chance.Sample(neurons, perLayer).Select(index => new Neuron(zone[layer], NeuronMatrix.Ffn, index))));
        }

        // Mean over languages of the drop, by draw and scored fact.
        double[][] Costs(int[] zone)
        {
            NeuronSet[] sets = [.. Enumerable.Range(0, protocol.ZoneDraws).Select(draw => Draw(zone, draw))];
            CandidateScore[][][] off = [.. scores.Select(one => one.Off(sets, design))];
            return [.. design.Select((scored, draw) => PerFact.Average(
                [.. scores.Select((one, l) => scored.Select((fact, i) => one.Clean[fact].LogOdds - off[l][draw][i].LogOdds).ToArray())]))];
        }
    }
}

using System.Globalization;
using Sync.Net.Benchmarks.Measuring;

namespace Sync.Net.Benchmarks.Limit;

/// <summary>System calls of the server a round: the difference between a long run and a short one, by the same clients.</summary>
internal static class CallsRun
{
    private const int ShortRounds = 200;
    private const int LongRounds = 2200;

    public static async IAsyncEnumerable<ReportRow> MeasureAsync(IReadOnlyList<int> sizes, LimitPrograms programs)
    {
        if (await CallTrace.TroubleAsync() is { } trouble)
        {
            Console.WriteLine($"system calls: SKIPPED: {trouble}");
            yield break;
        }
        foreach (int size in sizes)
        {
            SortedDictionary<string, double> ours = ARound(await programs.CountOursAsync(Load(size, ShortRounds), Load(size, LongRounds)));
            SortedDictionary<string, double> rival = ARound((await programs.CountCAsync(Load(size, ShortRounds)), await programs.CountCAsync(Load(size, LongRounds))));
            foreach (string name in ours.Keys.Union(rival.Keys, StringComparer.Ordinal))
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-32} {ours.GetValueOrDefault(name),10:F2} {"",-22} {rival.GetValueOrDefault(name),10:F2}"));
            double all = ours.Values.Sum(), theirs = rival.Values.Sum();
            var row = new ReportRow($"system calls a round, N = {size}", Math.Round(all / theirs, 3), null, Math.Round(all, 2), Math.Round(theirs, 2));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Name,-34} {row.Ours,10:F2} {"",-22} {row.Rival,10:F2} {"",-22} {row.Ratio,6:F2}"));
            yield return row;
        }
    }

    private static LimitLoad Load(int size, int rounds) => new(size, rounds, WarmUpMilliseconds: 0);

    /// <summary>Joining and leaving are in both, and so cancel out.</summary>
    private static SortedDictionary<string, double> ARound((IReadOnlyDictionary<string, long> Few, IReadOnlyDictionary<string, long> Many) counted)
    {
        var round = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach ((string name, long many) in counted.Many)
        {
            double each = (double)(many - counted.Few.GetValueOrDefault(name)) / (LongRounds - ShortRounds);
            // What happens now and then, whatever the rounds do.
            if (Math.Abs(each) >= 0.05) round[name] = each;
        }
        return round;
    }
}

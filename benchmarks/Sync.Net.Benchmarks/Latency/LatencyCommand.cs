using Sync.Net.Benchmarks.Measuring;
using Sync.Net.Benchmarks.Members;

namespace Sync.Net.Benchmarks.Latency;

/// <summary>Barrier and SyncData between processes, each beside the same in C.</summary>
internal static class LatencyCommand
{
    private const double Limit = 1.5;

    public static async Task<int> RunAsync(LatencyOptions options)
    {
        CStar star = await CStar.BuildAsync();
        var rows = new List<ReportRow>();
        bool allHold = true;
        foreach (Comparison comparison in options.Members.SelectMany(members => Compare(options, members, star)))
        {
            ComparisonResult result = await comparison.RunAsync(options.Alternations);
            result.Print(Console.Out);
            rows.Add(result.ToRow());
            allHold &= result.Holds;
        }
        if (options.JsonFile is { } file) await ReportRow.WriteAsync(file, rows);
        return allHold ? 0 : 1;
    }

    private static IEnumerable<Comparison> Compare(LatencyOptions options, int members, CStar star)
    {
        RunPlan meet = new(members, options.WarmUpRounds + options.Rounds, options.WarmUpRounds, Bytes: 0);
        RunPlan give = meet with { Bytes = options.Bytes };
        yield return new($"Barrier, N = {members}", new SyncNetMembers(Primitive.Barrier), star, meet, Limit);
        yield return new($"SyncData of {give.Bytes} bytes, N = {members}", new SyncNetMembers(Primitive.Data), star, give, Limit);
    }
}

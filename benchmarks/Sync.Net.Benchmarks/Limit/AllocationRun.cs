using System.Globalization;
using Sync.Net.Benchmarks.Measuring;

namespace Sync.Net.Benchmarks.Limit;

/// <summary>What our server allocates a member and round: the difference between a long run and a short one, in this process.</summary>
internal static class AllocationRun
{
    private const int ShortMeetings = 100_000;
    private const int LongMeetings = 400_000;

    public static async IAsyncEnumerable<ReportRow> MeasureAsync(IReadOnlyList<int> sizes, LimitPrograms programs)
    {
        foreach (int size in sizes)
        {
            // Once before, for what is made at its first use.
            await AllocatedAsync(size, ShortMeetings, programs);
            double few = await AllocatedAsync(size, ShortMeetings, programs);
            double many = await AllocatedAsync(size, LongMeetings, programs);
            double each = (many - few) / (LongMeetings / size * size - ShortMeetings / size * size);
            ReportRow row = new($"bytes a member and round, N = {size}", Math.Round(each, 1), 0, Math.Round(each, 1), 0);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Name,-42} {each,10:F1}   bar 0 {(row.Ratio <= 0 ? "held" : "MISSED")}"));
            yield return row;
        }
    }

    private static async Task<long> AllocatedAsync(int size, int meetings, LimitPrograms programs)
    {
        await using SyncServer server = await SyncServer.StartAsync(new SyncServerOptions());
        string place = server.Endpoint[(server.Endpoint.LastIndexOf(':') + 1)..];
        long before = GC.GetTotalAllocatedBytes(precise: true);
        await programs.MeetAsync(place, new LimitLoad(size, meetings / size, WarmUpMilliseconds: 0));
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }
}

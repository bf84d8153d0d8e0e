using Sync.Net.Benchmarks.Latency;
using Sync.Net.Benchmarks.Measuring;
using Sync.Net.Benchmarks.Members;

namespace Sync.Net.Benchmarks.Peers.Members;

/// <summary>One member of a peer in a process of its own: started by the driver, not by people.</summary>
internal static class PeerMemberCommand
{
    public const string Name = "peer-member";

    private const int Abandoned = 70;

    public static async Task<int> RunAsync(IReadOnlyList<string> words)
    {
        PeerMemberPlan plan = PeerMemberPlan.Parse(words);
        // Ends a member whose driver is gone; a limit for each call would be part of what is measured.
        TimeSpan limit = new RunPlan(plan.Members, plan.Rounds, 0, 0).Limit;
        await using var deadline = new Timer(_ => Environment.Exit(Abandoned), null, limit, Timeout.InfiniteTimeSpan);
        await using IPeerBarrier barrier = plan.Client switch
        {
            PeerClient.Etcd => await EtcdBarrier.OpenAsync(plan),
            _ => await RedisBarrier.OpenAsync(plan),
        };
        int next = 0;
        long[] times = await MeasuredLoop.RunAsync(
            plan.Rounds,
            () => barrier.MeetAsync(next++),
            (released, round) => released == round);
        await TimesFile.WriteAsync(plan.Directory, plan.Index, times);
        return 0;
    }
}

using Sync.Net.Benchmarks.Measuring;

namespace Sync.Net.Benchmarks.Members;

/// <summary>One member in a process of its own: started by the driver, not by people.</summary>
internal static class MemberCommand
{
    public const string Name = "member";

    /// <summary>As a user would set it: long enough to start all processes, and the end of a member whose driver is gone.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(IReadOnlyList<string> words)
    {
        MemberPlan plan = MemberPlan.Parse(words);
        long[] times = plan.Primitive == Primitive.Barrier ? await MeetAsync(plan) : await GiveAsync(plan);
        await TimesFile.WriteAsync(plan.Directory, plan.Index, times);
        return 0;
    }

    private static async Task<long[]> MeetAsync(MemberPlan plan)
    {
        await using var barrier = new Barrier(plan.Self, "bench", Timeout, plan.Roster, Options(plan));
        return await MeasuredLoop.RunAsync(
            plan.Rounds,
            () => barrier.RendezvousAsync(),
            (met, round) => met.Generation == round + 1);
    }

    private static async Task<long[]> GiveAsync(MemberPlan plan)
    {
        byte[] mine = new byte[plan.Bytes];
        Array.Fill(mine, (byte)plan.Index);
        await using var data = new SyncData<byte[]>(
            plan.Roster[0], plan.Self, plan.Roster, "bench", Timeout, Options(plan));
        return await MeasuredLoop.RunAsync(
            plan.Rounds,
            () => data.SyncAsync(mine, default(CancellationToken)),
            (all, _) => all.Count == plan.Members);
    }

    private static SyncOptions Options(MemberPlan plan) => new() { Port = plan.Port, Endpoint = plan.Endpoint };
}

using Sync.Net.TestMember.Protocol;

namespace Sync.Net.IntegrationTests.Harness;

/// <summary>The same on every member.</summary>
internal static class Many
{
    public static string[] Ids(this IEnumerable<Member> members) => [.. members.Select(m => m.Id)];

    /// <summary>A barrier on each member; its roster is these members, and <paramref name="andAlso"/> who have no process here.</summary>
    public static Task<RemoteBarrier[]> BarriersAsync(this IReadOnlyList<Member> members, string tag, params string[] andAlso)
    {
        string[] roster = [.. members.Ids(), .. andAlso];
        return Task.WhenAll(members.Select(m => m.BarrierAsync(tag, roster)));
    }

    /// <summary>An exchange on each member; the first is the master.</summary>
    public static Task<RemoteData[]> DataAsync(this IReadOnlyList<Member> members, string session, string? dataType = null)
    {
        string[] hosts = members.Ids();
        return Task.WhenAll(members.Select(m => m.DataAsync(session, hosts[0], hosts, dataType: dataType)));
    }

    public static PendingCall[] Rendezvous(this IEnumerable<RemoteBarrier> barriers) =>
        [.. barriers.Select(b => b.Rendezvous(Lab.LongTimeout))];

    /// <summary>Pins that the calls met each other: the same generation, the same arrivals.</summary>
    public static async Task<MeetingFacts[]> MetAsync(this IEnumerable<PendingCall> calls)
    {
        CallResult[] results = await Task.WhenAll(calls.Select(c => c.ResultAsync()));
        MeetingFacts[] met = [.. results.Select(r => r.Meeting!)];
        Assert.Single(met.Select(m => m.Generation).Distinct());
        Assert.Single(met.Select(m => string.Join(", ", m.Arrivals.Select(a => a.Member))).Distinct());
        Assert.Single(met.Select(m => m.Master).Distinct());
        return met;
    }

    public static Task<FailedCall[]> FailedAsync(this IEnumerable<PendingCall> calls) =>
        Task.WhenAll(calls.Select(c => c.FailureAsync()));

    /// <summary>Returns when all that these members have begun is known to the server, which the first of them hosts.</summary>
    public static async Task ArrivedAsync(this Lab lab, IReadOnlyList<Member> members)
    {
        foreach (Member member in members.Skip(1)) await lab.ArrivedAsync(member, members[0]);
    }
}

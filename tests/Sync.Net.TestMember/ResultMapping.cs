using Sync.Net.TestMember.Protocol;

namespace Sync.Net.TestMember;

/// <summary>Results of the library as the protocol's facts.</summary>
internal static class ResultMapping
{
    public static CallResult From(RendezvousResult result) => new() { Meeting = Facts(result) };

    public static CallResult From<T>(SyncResult<T> result, Func<T, string> print)
        where T : notnull => new()
        {
            Meeting = Facts(result.Meeting),
            Values = result.ToDictionary(pair => pair.Key, pair => print(pair.Value), StringComparer.Ordinal),
            WithoutData = result.WithoutData,
        };

    public static CallResult From(SyncMessages messages) => new()
    {
        Messages = [.. messages.Select(m => new MessageFacts(m.Sender, m.SenderRole, m.Data))],
    };

    public static CallResult From(CountedResult result) => new()
    {
        Meeting = Facts(result.Meeting),
        Code = result.Code,
        Counted = result.Counted,
    };

    private static MeetingFacts Facts(RendezvousResult result) => new()
    {
        Session = result.Session,
        Generation = result.Generation,
        Self = result.Self,
        Master = result.Master,
        Count = result.Count,
        Arrivals = [.. result.Arrivals.Select(a => new ArrivalFacts(a.Member, a.Order, a.Waited.TotalMilliseconds))],
        Straggler = result.Straggler,
        Lost = [.. result.Lost.Select(l => new LossFacts(l.Member, l.Reason, l.LastSeenAgo.TotalMilliseconds, l.LastSeenIn))],
        WaitedMs = result.Waited.TotalMilliseconds,
        SpreadMs = result.Spread?.TotalMilliseconds,
    };
}

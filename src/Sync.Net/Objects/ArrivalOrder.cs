using Sync.Net.Wire;

namespace Sync.Net.Objects;

/// <summary>Who came in which order to what was met, as far as the answer tells.</summary>
internal static class ArrivalOrder
{
    /// <summary>Each member with how long before the answer it came; empty where it is not told.</summary>
    public static List<(string Member, TimeSpan Waited)> Of(SessionCall call, Released released)
    {
        if (released.Arrivals is { } arrivals) return [.. arrivals.Select(static each => (each.Member, each.Waited))];
        if (call.Session.Kind != SessionKind.Board || released.Contributions is not { Count: > 0 } messages) return [];
        // A wait-all is met by each member's first message; a sync by its message of this round, its latest.
        bool isRound = call.Ask?.Act == Act.Sync;
        return
        [
            .. messages
                .GroupBy(static each => each.Member, StringComparer.Ordinal)
                .Select(each => isRound ? each.MaxBy(static one => one.Number) : each.MinBy(static one => one.Number))
                .OrderBy(static each => each.Number)
                .Select(static each => (each.Member, each.Ago)),
        ];
    }
}

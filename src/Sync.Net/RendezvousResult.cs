using Sync.Net.Texts;
using Sync.Net.Wire;

namespace Sync.Net;

/// <summary>A meeting that took place.</summary>
public sealed class RendezvousResult
{
    internal RendezvousResult()
    {
    }

    /// <summary>The barrier's tag or the session's id.</summary>
    public string Session => SessionKey.Name;

    internal SessionKey SessionKey { get; init; }

    /// <summary>Which meeting under that name it was, from 1. The same for all who met.</summary>
    public long Generation { get; internal init; }

    /// <summary>The caller's id.</summary>
    public string Self { get; internal init; } = "";

    /// <summary>The id of the member whose process decided, or the server's address where no member hosts it.</summary>
    public string Master { get; internal init; } = "";

    /// <summary>How many members met.</summary>
    public int Count { get; internal init; }

    /// <summary>Who met, in order of arrival.</summary>
    /// <remarks>Empty above 64 members, unless <see cref="SyncOptions.IncludeArrivals"/> asks for it.</remarks>
    public IReadOnlyList<Arrival> Arrivals { get; internal init; } = [];

    /// <summary>Who came last; null when one member met alone.</summary>
    public string? Straggler { get; internal init; }

    /// <summary>Members that were lost after they had given their data. Empty as a rule.</summary>
    public IReadOnlyList<LostMember> Lost { get; internal init; } = [];

    /// <summary>How long the caller waited, by its own clock.</summary>
    public TimeSpan Waited { get; internal init; }

    /// <summary>The time from the first arrival to the last, by the server's clock; null where <see cref="Arrivals"/> is not told.</summary>
    public TimeSpan? Spread { get; internal init; }

    /// <summary>The meeting in one line.</summary>
    /// <returns>
    /// For example <c>Barrier 'server-up' (generation 3): 2 met after 1.2 s; client2 came last, 0.9 s after the first.</c>
    /// </returns>
    public override string ToString() => MeetingText.Of(this);
}

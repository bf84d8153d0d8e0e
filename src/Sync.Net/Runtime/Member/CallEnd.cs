using Sync.Net.Wire;

namespace Sync.Net.Runtime.Member;

/// <summary>How a call ended for its caller.</summary>
internal abstract record CallEnd
{
    /// <summary>The coordinator's word; generation 0 when it concerns this call alone.</summary>
    internal sealed record Answered(Outcome Outcome, long Generation) : CallEnd;

    /// <summary>The caller cancelled and the arrival is withdrawn.</summary>
    internal sealed record Cancelled : CallEnd;

    /// <summary>The deadline passed before any server was reached.</summary>
    internal sealed record NeverReached(string Why) : CallEnd;

    /// <summary>The server was lost before its decision was learned.</summary>
    internal sealed record Undecided(string Why) : CallEnd;

    /// <summary>No seat is to be had, and trying on is pointless.</summary>
    internal sealed record Refused(string Why, RefuseReason? Reason = null) : CallEnd;

    /// <summary>The member waits in this session already.</summary>
    internal sealed record AlreadyWaiting : CallEnd;

    /// <summary>The owner was disposed.</summary>
    internal sealed record Disposed : CallEnd;
}

using Sync.Net.Wire;

namespace Sync.Net.Runtime.Handshake;

/// <summary>How the server's side of a handshake ended, the seat apart: that is the coordinator's to give.</summary>
internal abstract record ServerHandshakeResult
{
    private ServerHandshakeResult()
    {
    }

    /// <summary>A member that holds the key, if there is one. It waits for a welcome or a refusal.</summary>
    /// <param name="Hello">What it said.</param>
    /// <param name="LastTerm">The term that it knew before.</param>
    public sealed record Verified(HelloFrame Hello, Term LastTerm) : ServerHandshakeResult;

    /// <summary>A master calls a member of this process; nothing is answered yet.</summary>
    public sealed record Dialled(DialFrame Dial) : ServerHandshakeResult;

    /// <summary>Lanes of many members follow; this side has said that it takes them.</summary>
    public sealed record Carried : ServerHandshakeResult;

    /// <summary>This side refused, and has said so.</summary>
    public sealed record Refused(RefuseReason Reason, string Text) : ServerHandshakeResult;

    /// <summary>The listener that this side dialled refused.</summary>
    public sealed record Declined(RefuseReason Reason, string Text) : ServerHandshakeResult;

    /// <summary>Another program; it was sent nothing.</summary>
    public sealed record NotSyncNet(string Text) : ServerHandshakeResult;

    /// <summary>The connection ended.</summary>
    public sealed record Closed(string Text) : ServerHandshakeResult;
}

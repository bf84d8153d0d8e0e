using Sync.Net.Wire;

namespace Sync.Net.Runtime.Handshake;

/// <summary>How the member's side of a handshake ended.</summary>
internal abstract record MemberHandshakeResult
{
    private MemberHandshakeResult()
    {
    }

    /// <summary>The seat is the member's, and with a key the server has proved that it holds it.</summary>
    public sealed record Seated(WelcomeFrame Welcome, Term Term) : MemberHandshakeResult;

    /// <summary>The server refused, or the member doesn't trust the server. Text: one line for people.</summary>
    public sealed record Refused(RefuseReason Reason, string Text) : MemberHandshakeResult;

    /// <summary>Another program listens there.</summary>
    public sealed record NotSyncNet(string Text) : MemberHandshakeResult;

    /// <summary>The connection ended before an answer; trying again may help.</summary>
    public sealed record Closed(string Text) : MemberHandshakeResult;
}

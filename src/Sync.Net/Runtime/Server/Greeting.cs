using Sync.Net.Wire;

namespace Sync.Net.Runtime.Server;

/// <summary>A member that this side has called, and is to find at the other end.</summary>
internal sealed record MemberCall(string Group, string Member);

/// <summary>How a new stream's handshake ended.</summary>
internal abstract record Greeting
{
    private Greeting()
    {
    }

    /// <summary>A member that asks for its seat.</summary>
    public sealed record Arrived(Connection Connection, string Group, bool Resume) : Greeting;

    /// <summary>The stream belongs to a member of this process now.</summary>
    public sealed record HandedOver : Greeting;

    /// <summary>The stream carries lanes, each of which is greeted by itself.</summary>
    public sealed record Carried : Greeting;

    /// <summary>One of the sides refused.</summary>
    public sealed record Refused(RefuseReason Reason, string Text) : Greeting;

    /// <summary>The stream ended, or was no member's.</summary>
    public sealed record Ended(string Text) : Greeting;
}

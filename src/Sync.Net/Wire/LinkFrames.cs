namespace Sync.Net.Wire;

/// <summary>Sent by either side of a connection that has sent nothing for a heartbeat interval.</summary>
internal readonly partial record struct HeartbeatFrame(long Ack);

/// <summary>Asks the other side for a sign of life.</summary>
internal readonly partial record struct PingFrame(long Token);

/// <summary>Answers a ping.</summary>
/// <param name="Token">The ping's.</param>
/// <param name="Ack">As in a heartbeat.</param>
/// <param name="Clock">The sender's wall clock in microseconds since 1970; 0 where it is not told.</param>
internal readonly partial record struct PongFrame(long Token, long Ack, long Clock = 0);

/// <summary>The member goes in good order; with <paramref name="Left"/> it leaves the group for good.</summary>
internal readonly partial record struct GoodbyeFrame(bool Left, long Ack);

/// <summary>The server stops in good order: open enters are withdrawn, start over at the election.</summary>
internal readonly partial record struct ClosingFrame;

namespace Sync.Net.Runtime.Server;

/// <summary>One encoded frame on its way to a connection.</summary>
/// <param name="Bytes">The frame with its length prefix; many connections may refer to the same array.</param>
/// <param name="Shared">Whether others send the same bytes: then they don't count against this connection.</param>
internal readonly record struct OutgoingFrame(byte[] Bytes, bool Shared);

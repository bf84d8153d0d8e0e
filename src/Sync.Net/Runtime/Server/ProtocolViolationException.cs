namespace Sync.Net.Runtime.Server;

/// <summary>A member sent a well-formed frame that the protocol does not allow there.</summary>
internal sealed class ProtocolViolationException(string fault) : Exception(fault);

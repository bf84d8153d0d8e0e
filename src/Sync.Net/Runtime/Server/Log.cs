using Microsoft.Extensions.Logging;

namespace Sync.Net.Runtime.Server;

/// <summary>What the server logs; event ids 100 to 199.</summary>
internal static partial class Log
{
    [LoggerMessage(100, LogLevel.Information, "Listening at {Endpoint}")]
    public static partial void Listening(ILogger logger, string endpoint);

    [LoggerMessage(101, LogLevel.Information, "Stopped; {Connections} connections had to be cut")]
    public static partial void Stopped(ILogger logger, int connections);

    [LoggerMessage(102, LogLevel.Warning, "A connection could not be accepted")]
    public static partial void AcceptFailed(ILogger logger, Exception exception);

    [LoggerMessage(103, LogLevel.Error, "The server stopped accepting connections")]
    public static partial void AcceptEnded(ILogger logger, Exception exception);

    [LoggerMessage(104, LogLevel.Error, "What is to be kept can't be written; the server stops")]
    public static partial void StoreFailed(ILogger logger, Exception exception);

    [LoggerMessage(110, LogLevel.Warning, "A connection was refused in its handshake: {Reason}: {Text}")]
    public static partial void HandshakeRefused(ILogger logger, Wire.RefuseReason reason, string text);

    [LoggerMessage(111, LogLevel.Warning, "Another program connected: {Text}")]
    public static partial void ForeignProgram(ILogger logger, string text);

    [LoggerMessage(112, LogLevel.Debug, "A connection ended in its handshake: {Text}")]
    public static partial void HandshakeEnded(ILogger logger, string text);

    [LoggerMessage(113, LogLevel.Error, "A connection's handshake failed")]
    public static partial void HandshakeFailed(ILogger logger, Exception exception);

    [LoggerMessage(120, LogLevel.Debug, "Connected: {Member} of group {Group}")]
    public static partial void Connected(ILogger logger, string group, string member);

    [LoggerMessage(121, LogLevel.Debug, "Connection ended: {Member} of group {Group}: {Reason}")]
    public static partial void Disconnected(ILogger logger, string group, string member, string reason);

    [LoggerMessage(122, LogLevel.Error, "{Member} of group {Group} broke the protocol: {Fault}")]
    public static partial void ProtocolViolated(ILogger logger, string group, string member, string fault);

    [LoggerMessage(123, LogLevel.Warning, "{Member} of group {Group} is cut off: more than {Bytes} bytes wait for it (MaxQueuedBytes)")]
    public static partial void CutOff(ILogger logger, string group, string member, long bytes);

    [LoggerMessage(124, LogLevel.Error, "The connection of {Member} of group {Group} failed")]
    public static partial void ConnectionFailed(ILogger logger, Exception exception, string group, string member);

    [LoggerMessage(125, LogLevel.Debug, "Connected: a process whose members share the connection")]
    public static partial void CarrierConnected(ILogger logger);

    [LoggerMessage(126, LogLevel.Debug, "The connection that members of a process shared has ended")]
    public static partial void CarrierEnded(ILogger logger);

    [LoggerMessage(130, LogLevel.Warning, "{Member} of group {Group}: {Text}")]
    public static partial void Noted(ILogger logger, string group, string member, string text);

    [LoggerMessage(131, LogLevel.Error, "What the server told {Member} of this process was not taken")]
    public static partial void SinkFailed(ILogger logger, Exception exception, string member);

    [LoggerMessage(132, LogLevel.Warning, "Group {Group}, to which nobody was connected, is dropped with what it kept: there are {Limit} groups (MaxGroups)")]
    public static partial void GroupDropped(ILogger logger, string group, int limit);

    [LoggerMessage(133, LogLevel.Error, "The observer of the server failed; it is told of what comes next all the same")]
    public static partial void ObserverFailed(ILogger logger, Exception exception);

    [LoggerMessage(140, LogLevel.Debug, "Calling {Member} of group {Group} at {Endpoint} failed: {Text}")]
    public static partial void CallFailed(ILogger logger, string group, string member, string endpoint, string text);
}

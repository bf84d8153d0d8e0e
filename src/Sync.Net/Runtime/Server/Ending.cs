using System.Net.Sockets;

namespace Sync.Net.Runtime.Server;

/// <summary>How a connection ended.</summary>
/// <param name="Reason">In a line, for the texts about the lost member.</param>
/// <param name="MayReturn">The connection is gone but the process need not be: it has the reconnect window.</param>
internal sealed record Ending(string Reason, bool MayReturn = false)
{
    public static readonly Ending Closed = new("its connection ended without a goodbye");

    public static readonly Ending Goodbye = new("it said goodbye");

    public static Ending Of(Exception exception) => exception.GetBaseException() switch
    {
        // The network's end and not the process's: resets and closes come from the other side's system.
        SocketException
        {
            SocketErrorCode: SocketError.TimedOut or SocketError.HostUnreachable or SocketError.NetworkUnreachable
            or SocketError.HostDown or SocketError.NetworkDown or SocketError.NetworkReset,
        } e => new Ending($"its connection broke ({e.SocketErrorCode})", MayReturn: true),
        _ => new Ending("its connection was reset"),
    };
}

using System.Net.Sockets;
using System.Text;

namespace Sync.Net.Cli.Processes;

/// <summary>Tells systemd that the service is ready or stops, where it asked for that: a datagram to its socket.</summary>
internal static class ServiceManager
{
    public static void Tell(string state)
    {
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is not { Length: > 1 } name) return;
        // An @ stands for the zero byte of an abstract name.
        string path = name[0] == '@' ? "\0" + name[1..] : name;
        try
        {
            using Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            socket.SendTo(Encoding.UTF8.GetBytes(state), new UnixDomainSocketEndPoint(path));
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            Tool.Fail(ExitCodes.Success, $"serve: the service manager at '{name}' can't be told {state}: {e.Message}");
        }
    }
}

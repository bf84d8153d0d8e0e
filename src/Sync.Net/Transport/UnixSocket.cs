using System.Net.Sockets;

namespace Sync.Net.Transport;

/// <summary>Binds Unix sockets, which, unlike ports, outlive the server that made them.</summary>
internal static class UnixSocket
{
    public static UnixDomainSocketEndPoint AddressOf(SyncEndpoint endpoint)
    {
        try
        {
            return new UnixDomainSocketEndPoint(endpoint.Path!);
        }
        catch (ArgumentOutOfRangeException)
        {
            // The operating system has room for about 100 bytes of path.
            throw new SocketException((int)SocketError.InvalidArgument, "The path is too long for a Unix socket");
        }
    }

    public static IListener Listen(SyncEndpoint endpoint)
    {
        try
        {
            return SocketListener.Of(endpoint, BindOrReplace(endpoint));
        }
        catch (SocketException e)
        {
            throw BindException.From(endpoint, e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new BindException(endpoint, BindFailure.NotPermitted, e.Message, e);
        }
        catch (IOException e) when (e is not BindException)
        {
            throw new BindException(endpoint, BindFailure.InUse, e.Message, e);
        }
    }

    private static Socket BindOrReplace(SyncEndpoint endpoint)
    {
        UnixDomainSocketEndPoint address = AddressOf(endpoint);
        try
        {
            return Bind(address, endpoint.Path!);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            // Two servers that find the same stale file must not each remove what the other has just made.
            using var guard = new FileStream(
                endpoint.Path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            if (!IsSocket(endpoint.Path!)) throw new BindException(endpoint, BindFailure.InUse, "the file is not a socket");
            if (IsAnswered(address)) throw;
            File.Delete(endpoint.Path!);
            return Bind(address, endpoint.Path!);
        }
    }

    private static Socket Bind(UnixDomainSocketEndPoint address, string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(address);
            // Before Listen, so that nobody else connects in between.
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            socket.Listen();
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsAnswered(UnixDomainSocketEndPoint address)
    {
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(address);
            return true;
        }
        catch (SocketException e)
        {
            // Anything but a refusal (such as a full backlog) means that somebody may live there.
            return e.SocketErrorCode != SocketError.ConnectionRefused;
        }
    }

    /// <summary>Whether what lies there is no ordinary file, which would be somebody's data.</summary>
    private static bool IsSocket(string path)
    {
        try
        {
            using (File.OpenHandle(path)) return false;
        }
        catch (FileNotFoundException)
        {
            return true;
        }
        catch (IOException)
        {
            return true;
        }
    }
}

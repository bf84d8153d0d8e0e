using System.Net.Sockets;
using Sync.Net.Transport;

namespace Sync.Net.Tests.Transport;

public sealed class UnixTransportTests : TransportTests
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("sync-net-");

    private protected override ITransport Transport => SocketTransport.Instance;

    private string SocketPath => Path.Combine(_directory.FullName, "s");

    private protected override SyncEndpoint NewEndpoint() => SyncEndpoint.Unix(SocketPath);

    [Fact]
    public void Listen_MakesASocketForItsOwnerOnly()
    {
        if (OperatingSystem.IsWindows()) return;
        using IListener listener = Transport.Listen(NewEndpoint());

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(SocketPath));
    }

    [Fact]
    public async Task Listen_StaleSocketOfADeadServer_IsReplaced()
    {
        LeaveStaleSocket();

        using IListener listener = Transport.Listen(NewEndpoint());

        await using Stream near = await Transport.ConnectAsync(listener.Endpoint, Token);
        Assert.Equal([SocketPath], Directory.GetFiles(_directory.FullName));
    }

    [Fact]
    public void Listen_OrdinaryFile_IsKept()
    {
        File.WriteAllText(SocketPath, "precious");

        BindException e = Assert.Throws<BindException>(() => Transport.Listen(NewEndpoint()));

        Assert.Equal(BindFailure.InUse, e.Failure);
        Assert.Equal("precious", File.ReadAllText(SocketPath));
    }

    [Fact]
    public void Listen_NoDirectory_IsNoSuchAddress()
    {
        var endpoint = SyncEndpoint.Unix(Path.Combine(_directory.FullName, "none", "s"));

        Assert.Equal(BindFailure.NoSuchAddress, Assert.Throws<BindException>(() => Transport.Listen(endpoint)).Failure);
    }

    [Fact]
    public async Task Listen_PathTooLong_IsNoSuchAddress()
    {
        var endpoint = SyncEndpoint.Unix(Path.Combine(_directory.FullName, new string('x', 200)));

        Assert.Equal(BindFailure.NoSuchAddress, Assert.Throws<BindException>(() => Transport.Listen(endpoint)).Failure);
        await Assert.ThrowsAsync<IOException>(() => Transport.ConnectAsync(endpoint, Token).AsTask());
    }

    [Fact]
    public void Dispose_RemovesTheSocket()
    {
        Transport.Listen(NewEndpoint()).Dispose();

        Assert.Empty(Directory.GetFileSystemEntries(_directory.FullName));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) _directory.Delete(recursive: true);
    }

    /// <summary>As a killed process does: the file is there and nobody listens.</summary>
    private void LeaveStaleSocket()
    {
        string aside = SocketPath + "2";
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            socket.Bind(new UnixDomainSocketEndPoint(SocketPath));
            // Closing removes the file that it bound, so it has to be elsewhere meanwhile.
            File.Move(SocketPath, aside);
        }
        File.Move(aside, SocketPath);
    }
}

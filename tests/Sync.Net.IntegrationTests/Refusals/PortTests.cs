using System.Net;
using System.Net.Sockets;
using Sync.Net.IntegrationTests.Harness;
using Sync.Net.TestMember.Protocol;

namespace Sync.Net.IntegrationTests.Refusals;

/// <summary>A port that somebody else holds is an error that says so; there is no way round it.</summary>
public sealed class PortTests
{
    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2p1\r\n")]
    [InlineData("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")]
    public async Task Rule22_PortHeldByAnotherProgram_IsAnErrorThatSaysSo(string banner)
    {
        using ForeignProgram program = new(banner);
        await using Lab lab = new() { Options = new OptionFacts { Port = program.Port, HandshakeTimeoutMs = 1000 } };
        Member[] members = await lab.StartAsync(Lab.OneHost(2));
        RemoteBarrier[] barriers = await members.BarriersAsync("server-up");

        FailedCall[] failed = await barriers.Rendezvous().FailedAsync();

        Assert.All(failed, f => f.Is(SyncFailureKind.Refused).Says("server-up", $"{program.Port}", "another program"));
        Assert.All(failed, f => Assert.True(f.Failure.RanMs < 20_000));
    }

    [Fact]
    public async Task Rule22_PortHeldByAProgramThatSaysNothing_TheMasterIsRefusedAndTheOthersTryUntilTheirDeadline()
    {
        using ForeignProgram program = new("");
        await using Lab lab = new() { Options = new OptionFacts { Port = program.Port, HandshakeTimeoutMs = 500 } };
        Member[] members = await lab.StartAsync(Lab.OneHost(2));
        RemoteBarrier[] barriers = await members.BarriersAsync("server-up");

        // The master is not to come near its deadline, however busy the machine is.
        PendingCall[] calls = [barriers[0].Rendezvous(TimeSpan.FromSeconds(60)), barriers[1].Rendezvous(TimeSpan.FromSeconds(4))];

        FailedCall[] failed = await calls.FailedAsync();

        // For the others it may yet turn out to be the server, only slow.
        failed[0].Is(SyncFailureKind.Refused);
        failed[1].Is(SyncFailureKind.Timeout);
        Assert.All(failed, f => f.Says("server-up", $"127.0.0.1:{program.Port}", "another program"));
    }

    [Fact]
    public async Task Rule22_PortHeldUnderAnotherKey_IsAnErrorThatSaysSo()
    {
        await using Lab lab = new() { Options = new OptionFacts { Port = Ports.Free(), Key = "the key of this test run" } };
        Member[] members = await lab.StartAsync("other", Lab.OneHost(2)[0], Lab.OneHost(2)[1]);
        await members[0].With(new OptionFacts { Key = "the key of another test run" }).ServerAsync($"127.0.0.1:{lab.Options.Port}");
        RemoteBarrier[] barriers = await members[1..].BarriersAsync("server-up");

        FailedCall[] failed = await barriers.Rendezvous().FailedAsync();

        Assert.All(failed, f => f.Is(SyncFailureKind.Refused).Says("server-up", $"{lab.Options.Port}", "key"));
    }

    [Fact]
    public async Task Rule22_ServerOnAHeldPort_FailsToStart()
    {
        using ForeignProgram program = new("");
        await using Lab lab = new();
        Member[] members = await lab.StartAsync("server");

        FailedCall failed = await members[0].Process
            .Send(new Command { Id = 0, Op = Ops.Server, Target = "s", Listen = $"127.0.0.1:{program.Port}" })
            .FailureAsync();

        Assert.Equal("SyncException", failed.Failure.Type);
        failed.Says($"127.0.0.1:{program.Port}");
    }

    /// <summary>Listens, and says the same to everybody.</summary>
    private sealed class ForeignProgram : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly List<TcpClient> _clients = [];
        private readonly byte[] _banner;

        public ForeignProgram(string banner)
        {
            _banner = System.Text.Encoding.ASCII.GetBytes(banner);
            _listener.Start();
            _ = AcceptAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public void Dispose()
        {
            _listener.Dispose();
            lock (_clients) _clients.ForEach(c => c.Dispose());
        }

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                {
                    TcpClient client = await _listener.AcceptTcpClientAsync(CancellationToken.None);
                    lock (_clients) _clients.Add(client);
                    await client.GetStream().WriteAsync(_banner, CancellationToken.None);
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
            {
                // The test is over.
            }
        }
    }
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Sync.Net.Cli.DropIns;
using Sync.Net.Cli.Emulab;

namespace Sync.Net.Tests.Cli.Emulab;

public sealed class EmulabServerTests : BoundedTest
{
    [Fact]
    public async Task E2_InitialiserAndWaiters_AllGetZeroInEitherOrder()
    {
        await using Lab lab = await Lab.StartAsync(Token);
        for (int round = 0; round < 3; round++)
        {
            bool isFirst = round % 2 == 0;
            List<RawClient> all = [];
            if (isFirst) all.Add(await lab.AskAsync(Init(2)));
            all.Add(await lab.AskAsync(Wait()));
            await lab.WaitingAsync(isFirst ? 2 : 1);
            Assert.All(all, client => Assert.False(client.Reply.IsCompleted));
            all.Add(await lab.AskAsync(Wait()));
            if (!isFirst)
            {
                await lab.WaitingAsync(2);
                all.Add(await lab.AskAsync(Init(2)));
            }
            foreach (RawClient client in all) Assert.Equal(0, await client.Reply.WaitAsync(Token));
        }
    }

    [Fact]
    public async Task E4E5_AsynchronousInitialiser_RepliesAtOnceAndItsCodeReachesAll()
    {
        await using Lab lab = await Lab.StartAsync(Token);

        Assert.Equal(0, await (await lab.AskAsync(new EmulabRequest("b", true, true, 2, 7))).Reply.WaitAsync(Token));
        RawClient one = await lab.AskAsync(Wait() with { Code = 9 });
        RawClient two = await lab.AskAsync(Wait());

        Assert.Equal(9, await one.Reply.WaitAsync(Token));
        Assert.Equal(9, await two.Reply.WaitAsync(Token));
    }

    [Fact]
    public async Task E9_Cleared_Replies240()
    {
        await using Lab lab = await Lab.StartAsync(Token);
        RawClient waiter = await lab.AskAsync(Wait());
        await lab.WaitingAsync(1);

        lab.Server.ClearCounts();

        Assert.Equal(240, await waiter.Reply.WaitAsync(Token));
    }

    [Fact]
    public async Task E10_ClientThatClosesWhileItWaits_IsUndone()
    {
        await using Lab lab = await Lab.StartAsync(Token);
        RawClient dead = await lab.AskAsync(Wait());
        await lab.WaitingAsync(1);

        dead.Dispose();
        await lab.WaitingAsync(0);
        RawClient init = await lab.AskAsync(Init(1));
        await lab.WaitingAsync(1);
        Assert.False(init.Reply.IsCompleted);
        RawClient waiter = await lab.AskAsync(Wait());

        Assert.Equal(0, await waiter.Reply.WaitAsync(Token));
        Assert.Equal(0, await init.Reply.WaitAsync(Token));
    }

    [Fact]
    public async Task E7_OurCommandSpeaksTheProtocol_ToAServerThatItIsTold()
    {
        await using Lab lab = await Lab.StartAsync(Token);
        string[] place = ["-s", "127.0.0.1", "-p", lab.Emulab.Endpoint.Port.ToString(CultureInfo.InvariantCulture), "-n", "b"];

        Assert.Equal(0, await DropInCommands.TryRunAsync("emulab-sync", [.. place, "-a", "-i", "1", "-e", "4"]));
        Assert.Equal(4, await DropInCommands.TryRunAsync("emulab-sync", place));
        Assert.Equal(0, await DropInCommands.TryRunAsync("emulab-sync", [.. place, "-m"]));
        Assert.Equal(68, await DropInCommands.TryRunAsync("emulab-sync", ["-s", "no-such-host.invalid"]));
    }

    [Fact]
    public async Task MemberInCSharp_TakesPart()
    {
        await using Lab lab = await Lab.StartAsync(Token);
        RawClient init = await lab.AskAsync(Init(1));

        CountedResult met = await lab.Watcher.CountedBarrier("b").WaitAsync(null, 5, null, Token);

        Assert.Equal(5, met.Code);
        Assert.Equal(5, await init.Reply.WaitAsync(Token));
    }

    [Fact]
    public async Task BadClients_AreTurnedAway_AndHarmNobody()
    {
        await using Lab lab = await Lab.StartAsync(Token, TimeSpan.FromMilliseconds(300));
        RawClient init = await lab.AskAsync(Init(1));
        RawClient silent = await lab.ConnectAsync([]);
        RawClient shortOne = await lab.ConnectAsync(Wait().ToBytes()[..40]);
        RawClient garbage = await lab.ConnectAsync([.. Enumerable.Repeat((byte)0xff, EmulabRequest.Size)]);
        RawClient oversize = await lab.ConnectAsync([.. (Wait() with { Name = "other" }).ToBytes(), 1, 2, 3]);

        foreach (RawClient bad in new[] { silent, shortOne, garbage, oversize }) Assert.Equal(76, await bad.Reply.WaitAsync(Token));
        await lab.WaitingAsync(1);
        Assert.False(init.Reply.IsCompleted);
        Assert.Equal(0, await (await lab.AskAsync(Wait())).Reply.WaitAsync(Token));
        Assert.Equal(0, await init.Reply.WaitAsync(Token));
    }

    [Fact]
    public async Task Dispose_WaitersAreToldThatTheServerHasGone()
    {
        await using Lab lab = await Lab.StartAsync(Token);
        RawClient waiter = await lab.AskAsync(Wait());
        await lab.WaitingAsync(1);

        await lab.Emulab.DisposeAsync();

        Assert.Equal(76, await waiter.Reply.WaitAsync(Token));
    }

    [Fact]
    public async Task E11_Datagram_InitialisesAsynchronously_AndCanDoNothingElse()
    {
        await using Lab lab = await Lab.StartAsync(Token);
        using var udp = new UdpClient(AddressFamily.InterNetwork);

        Assert.Equal(0, await lab.SendAsync(udp, new EmulabRequest("b", true, true, 1, 3).ToBytes()));
        Assert.Equal(76, await lab.SendAsync(udp, Wait().ToBytes()));
        Assert.Equal(76, await lab.SendAsync(udp, [1, 2, 3]));
        Assert.Equal(3, await (await lab.AskAsync(Wait())).Reply.WaitAsync(Token));
    }

    [Fact]
    public async Task Crowd_AllAreReleased()
    {
        const int Count = 1100;
        await using Lab lab = await Lab.StartAsync(Token);
        RawClient[] all = await Task.WhenAll(Enumerable.Range(0, Count).Select(_ => lab.AskAsync(Wait())));
        RawClient init = await lab.AskAsync(Init(Count));

        foreach (RawClient client in all) Assert.Equal(0, await client.Reply.WaitAsync(Token));
        Assert.Equal(0, await init.Reply.WaitAsync(Token));
    }

    [Fact]
    public async Task Start_BeyondLoopbackWithoutLeave_Throws()
    {
        await using SyncServer server = await SyncServer.StartAsync(null, Token);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => EmulabServer.StartAsync(server, new EmulabServerOptions { Listen = new IPEndPoint(IPAddress.Any, 0) }, Token));
    }

    private static EmulabRequest Init(int count) => new("b", true, false, count, 0);

    private static EmulabRequest Wait() => new("b", false, false, 0, 0);

    private sealed class RawClient(TcpClient client, CancellationToken token) : IDisposable
    {
        public Task<int> Reply { get; } = ReadAsync(client, token);

        public void Dispose() => client.Dispose();

        private static async Task<int> ReadAsync(TcpClient client, CancellationToken token)
        {
            byte[] reply = new byte[5];
            int read = await client.GetStream().ReadAtLeastAsync(reply, 5, throwOnEndOfStream: false, token);
            return read == 4 ? BitConverter.ToInt32(reply, 0) : -read - 1;
        }
    }

    private sealed class Lab(SyncServer server, EmulabServer emulab, SyncGroup watcher, CancellationToken token) : IAsyncDisposable
    {
        public SyncServer Server => server;

        public EmulabServer Emulab => emulab;

        public SyncGroup Watcher => watcher;

        public static async Task<Lab> StartAsync(CancellationToken token, TimeSpan? requestTimeout = null)
        {
            SyncServer server = await SyncServer.StartAsync(null, token);
            EmulabServer emulab = await EmulabServer.StartAsync(
                server,
                new EmulabServerOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0), RequestTimeout = requestTimeout ?? TimeSpan.FromSeconds(20) },
                token);
            SyncOptions options = server.CreateMemberOptions("watcher");
            options.Group = "emulab";
            return new Lab(server, emulab, await SyncGroup.JoinAsync(options, token), token);
        }

        public Task<RawClient> AskAsync(EmulabRequest request) => ConnectAsync(request.ToBytes());

        public async Task<RawClient> ConnectAsync(byte[] bytes)
        {
            var client = new TcpClient();
            await client.ConnectAsync(emulab.Endpoint, token);
            if (bytes.Length > 0) await client.GetStream().WriteAsync(bytes, token);
            return new RawClient(client, token);
        }

        public async Task<int> SendAsync(UdpClient udp, byte[] bytes)
        {
            await udp.SendAsync(bytes, emulab.Endpoint, token);
            return BitConverter.ToInt32((await udp.ReceiveAsync(token)).Buffer);
        }

        /// <summary>Until the server shows so many waits at the barrier.</summary>
        public async Task WaitingAsync(int count)
        {
            while ((await watcher.GetStatusAsync("b", token)).Waits.Count != count) token.ThrowIfCancellationRequested();
        }

        public async ValueTask DisposeAsync()
        {
            await watcher.DisposeAsync();
            await emulab.DisposeAsync();
            await server.DisposeAsync();
        }
    }
}

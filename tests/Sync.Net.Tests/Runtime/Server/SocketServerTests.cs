using System.Net;
using System.Net.Sockets;
using Sync.Net.Transport;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Server;

/// <summary>The server on real sockets and real time.</summary>
public sealed class SocketServerTests : BoundedTest
{
    [Theory]
    [InlineData("127.0.0.1:0")]
    [InlineData("unix:")]
    public async Task Rounds_ByMany_AreDecidedForAll(string listen)
    {
        const int Members = 32;
        const int Rounds = 20;
        DirectoryInfo directory = Directory.CreateTempSubdirectory("sync-net-");
        if (listen == "unix:") listen += Path.Combine(directory.FullName, "s");
        await using (SyncServer server = await SyncServer.StartAsync(new SyncServerOptions { Listen = listen }, Token))
        {
            Roster roster = Roster.Of(Enumerable.Range(0, Members).Select(i => $"m{i}"));
            await Task.WhenAll(roster.Members.Select(member => MeetAsync(server, member, roster, Rounds)));
        }
        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task RudePeers_HarmNobodyElse()
    {
        await using SyncServer server = await SyncServer.StartAsync(cancellationToken: Token);
        SyncEndpoint endpoint = server.BoundEndpoint!;
        byte[][] rudenesses = [[], [0], [0, 0, 0, 9, 1], "GET / HTTP/1.1\r\n\r\n"u8.ToArray(), new byte[100_000]];
        foreach (byte[] rudeness in rudenesses)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, endpoint.Port, Token);
            try
            {
                await socket.SendAsync(rudeness, Token);
            }
            catch (SocketException)
            {
                // Thrown out already.
            }
            // Closes with a reset.
            socket.LingerState = new LingerOption(true, 0);
        }

        await MeetAsync(server, "a", Roster.Of(["a"]), rounds: 1);
    }

    private async Task MeetAsync(SyncServer server, string name, Roster roster, int rounds)
    {
        await using RawMember member = await RawMember.OpenAsync(SocketTransport.TcpOnly, server.BoundEndpoint!, name, Token);
        await member.ShakeHandsAsync();
        for (int round = 1; round <= rounds; round++)
        {
            await member.EnterAsync(round, roster, withMembers: round == 1);
            DecisionFrame decision = await member.ReceiveAsync<DecisionFrame>();
            Assert.Equal(round, decision.Generation);
            Assert.Equal(roster.Count, Assert.IsType<Released>(decision.Outcome).Count);
        }
        await member.SendAsync(new GoodbyeFrame(Left: false, member.Ack));
        await member.EndAsync();
    }
}

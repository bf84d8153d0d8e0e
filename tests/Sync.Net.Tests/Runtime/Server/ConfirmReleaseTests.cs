using Nerdbank.Streams;
using Sync.Net.Coordination;
using Sync.Net.Runtime;
using Sync.Net.Runtime.Server;
using Sync.Net.Transport;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Server;

/// <summary>What the server adds to a release: who is asked before it, and who is told first.</summary>
public sealed class ConfirmReleaseTests : ServerTest
{
    private static readonly Roster Three = Roster.Of(["a", "b", "c"]);
    private static readonly SessionKey Session = new(SessionKind.Barrier, "b");

    [Fact]
    public async Task Rule10_ConfirmRelease_AsksOnlyWhoWasSilentForLongerThanAnInterval()
    {
        RawMember a = await JoinAsync("a");
        RawMember b = await JoinAsync("b");
        RawMember c = await JoinAsync("c");
        await EnterConfirmingAsync(a, Three);
        await EnterConfirmingAsync(b, Three);
        await RoundTripAsync(a);
        await RoundTripAsync(b);
        Time.Advance(Options.HeartbeatInterval + TimeSpan.FromMilliseconds(1));
        await RoundTripAsync(b);

        await EnterConfirmingAsync(c, Three);
        PingFrame ping = await a.ReceiveAsync<PingFrame>();
        await RoundTripAsync(b);
        await RoundTripAsync(c);
        await a.SendAsync(new PongFrame(ping.Token, 0));

        // Their next frame is the decision: nobody else was asked, and nobody was told before a answered.
        foreach (RawMember member in (RawMember[])[a, b, c])
            Assert.IsType<Released>((await member.ReceiveAsync<DecisionFrame>()).Outcome);
    }

    [Fact]
    public async Task Rule3_ReleaseByALocalMember_TheBytesOfTheOthersGoFirst()
    {
        var watched = new WatchedTransport(Network);
        await using SyncServer server = await SyncServer.StartAsync(new SyncServerOptions { Transport = watched, TimeProvider = Time }, Token);
        await using RawMember b = await (await RawMember.OpenAsync(Network, server.BoundEndpoint!, "b", Token)).ShakeHandsAsync();
        var two = Roster.Of(["a", "b"]);
        await b.EnterAsync(1, two);
        await RoundTripAsync(b);
        long before = watched.Written;
        var sink = new AskingSink(() => watched.Written > before);
        LocalLink a = server.Attach("default", "a", null, Guid.NewGuid(), resume: false, sink);
        a.Flush();

        a.Post(new Enter(0, 1, Session, 0, EnterFlags.None, two, null, null, null));
        a.Flush();

        Assert.True(await sink.Answered.WaitAsync(Token), "The local member was told before the bytes of the other were written.");
        Assert.IsType<Released>((await b.ReceiveAsync<DecisionFrame>()).Outcome);
        await b.DisposeAsync();
    }

    private static Task EnterConfirmingAsync(RawMember member, Roster roster) => member.SendAsync(
        new EnterFrame(1, member.Ack, Session, 0, EnterFlags.ConfirmRelease, roster.Hash, roster.Members, null, null, null, null));

    /// <summary>Asks a question at the moment at which the member is told.</summary>
    private sealed class AskingSink(Func<bool> question) : IMemberSink
    {
        private readonly TaskCompletionSource<bool> _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<bool> Answered => _answered.Task;

        public void OnSeated(IMemberLink link, Term term)
        {
        }

        public void OnAnswer(IMemberLink link, long request, long generation, Outcome outcome) => _answered.TrySetResult(question());

        public void OnDecision(IMemberLink link, SessionKey session, long generation, Outcome outcome) => throw new NotSupportedException();

        public void OnNeedRoster(IMemberLink link, long request) => throw new NotSupportedException();

        public void OnClosing(IMemberLink link)
        {
        }

        public void OnRefused(IMemberLink? link, RefuseReason reason, string text) => throw new NotSupportedException();

        public void OnDown(IMemberLink link, bool stalled, string reason) => throw new NotSupportedException();
    }

    /// <summary>Counts what the server writes.</summary>
    private sealed class WatchedTransport(MemoryTransport network) : ITransport
    {
        private long _written;

        public long Written => Interlocked.Read(ref _written);

        public ValueTask<Stream> ConnectAsync(SyncEndpoint endpoint, CancellationToken cancellationToken) =>
            network.ConnectAsync(endpoint, cancellationToken);

        public IListener Listen(SyncEndpoint endpoint) => new Listener(network.Listen(endpoint), count => Interlocked.Add(ref _written, count));

        public ValueTask<bool> IsLocalAsync(SyncEndpoint endpoint, CancellationToken cancellationToken) =>
            network.IsLocalAsync(endpoint, cancellationToken);

        private sealed class Listener(IListener listener, Action<int> wrote) : IListener
        {
            public SyncEndpoint Endpoint => listener.Endpoint;

            public async ValueTask<Stream> AcceptAsync(CancellationToken cancellationToken) =>
                new MonitoringStream(await listener.AcceptAsync(cancellationToken)).Watch(wrote);

            public void Dispose() => listener.Dispose();
        }
    }
}

file static class Watching
{
    public static Stream Watch(this MonitoringStream stream, Action<int> wrote)
    {
        stream.DidWriteMemory += (_, memory) => wrote(memory.Length);
        return stream;
    }
}

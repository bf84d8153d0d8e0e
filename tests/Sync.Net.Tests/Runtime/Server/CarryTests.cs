using System.Buffers;
using Sync.Net.Runtime.Handshake;
using Sync.Net.Tests.Runtime.Handshake;
using Sync.Net.Transport;
using Sync.Net.Transport.Carrying;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Server;

/// <summary>A server whose members share connections; the gate has one place, so that whoever keeps it too long stops everybody.</summary>
public sealed class CarryTests : ServerTest
{
    private static readonly WireContext Wire = new(new SyncLimits());

    private readonly List<Carrier> _carriers = [];

    public override ValueTask InitializeAsync()
    {
        Options.Limits.MaxHandshakes = 1;
        Options.Limits.MaxConnections = 20;
        Options.Limits.HandshakeTimeout = TimeSpan.FromSeconds(5);
        return base.InitializeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        foreach (Carrier carrier in _carriers) carrier.Abort(new IOException("The test is over."));
        base.Dispose(disposing);
    }

    [Fact]
    public async Task Carry_ManyLanesAtOnceAndOnePlaceInTheGate_AllAreSeated()
    {
        Options.Limits.MaxConnections = 200;
        (Carrier carrier, _) = await CarryAsync();

        RawMember[] members = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => JoinOverAsync(carrier, $"m{i}")));

        Roster roster = Roster.Of(members.Select(member => member.Member));
        foreach (RawMember member in members) await member.EnterAsync(1, roster);
        foreach (RawMember member in members) Assert.IsType<Released>((await member.ReceiveAsync<DecisionFrame>()).Outcome);
    }

    [Fact]
    public async Task Carry_Release_IsOneWriteForAllLanes()
    {
        (Carrier carrier, CountingNetwork network) = await CarryAsync();
        var members = new List<RawMember>();
        for (int i = 0; i < 20; i++) members.Add(await JoinOverAsync(carrier, $"m{i}"));
        Roster roster = Roster.Of(members.Select(member => member.Member));
        foreach (RawMember member in members[1..]) await member.EnterAsync(1, roster);
        await RoundTripAsync(members[^1]);
        int before = network.ReadsOfCarrier;

        await members[0].EnterAsync(1, roster);
        foreach (RawMember member in members) await member.ReceiveAsync<DecisionFrame>();

        Assert.Equal(1, network.ReadsOfCarrier - before);
    }

    [Fact]
    public async Task Carry_LaneOverMaxConnections_IsRefusedAlone()
    {
        (Carrier carrier, _) = await CarryAsync();
        for (int i = 0; i < 20; i++) await JoinOverAsync(carrier, $"m{i}");

        RawMember refused = await OpenOverAsync(carrier, "late").ShakeHandsAsync();

        Assert.Equal(RefuseReason.Limit, Assert.IsType<MemberHandshakeResult.Refused>(refused.Result).Reason);
    }

    [Fact]
    public async Task Carry_LaneOfAnotherProgram_EndsThatLaneAlone()
    {
        (Carrier carrier, _) = await CarryAsync();
        RawMember member = await JoinOverAsync(carrier, "a");
        Lane rude = carrier.TryOpen()!;

        await rude.WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray(), Token);

        Assert.Equal(0, await rude.ReadAsync(new byte[1], Token));
        await RoundTripAsync(member);
    }

    [Fact]
    public async Task Carry_WithinALane_EndsTheLane()
    {
        (Carrier carrier, _) = await CarryAsync();
        RawMember member = await JoinOverAsync(carrier, "a");
        Lane nested = carrier.TryOpen()!;

        await nested.WriteAsync(Sides.Frame(Term.None, new CarryFrame(1, 1)), Token);

        var read = new ArrayBufferWriter<byte>();
        while (await nested.ReadAsync(read.GetMemory(), Token) is > 0 and var count) read.Advance(count);
        await RoundTripAsync(member);
    }

    [Fact]
    public async Task Carry_OfAVersionToCome_IsRefused()
    {
        await using Stream stream = await Network.ConnectAsync(Endpoint, Token);

        await stream.WriteAsync(Sides.Frame(Term.None, new CarryFrame(9, 5)), Token);

        RawMember raw = RawMember.On(stream, "a", Token);
        Assert.Equal(RefuseReason.Version, (await raw.ReceiveAsync<RefuseFrame>()).Reason);
    }

    [Fact]
    public async Task Carrier_WithoutALane_LeavesItsPlaceWhenItsTimeIsOver()
    {
        (Carrier silent, _) = await CarryAsync();
        Task<RawMember> other = JoinAsync("a");

        await AdvanceUntilAsync(other);

        await AdvanceUntilAsync(EndOf(silent));
    }

    [Fact]
    public async Task Carrier_WithoutAVerifiedLane_EndsWhenTheTimeForTheHandshakeIsOver()
    {
        (Carrier carrier, _) = await CarryAsync();
        Lane rude = carrier.TryOpen()!;
        await rude.WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray(), Token);
        Assert.Equal(0, await rude.ReadAsync(new byte[1], Token));
        // The lane is not given back, so this side does not close the carrier by itself.
        DateTimeOffset before = Time.GetUtcNow();

        await AdvanceUntilAsync(EndOf(carrier));

        Assert.InRange(Time.GetUtcNow() - before, TimeSpan.Zero, 3 * Options.Limits.HandshakeTimeout);
    }

    [Fact]
    public async Task Carrier_WhoseLastLaneEnded_EndsAfterAWhile()
    {
        (Carrier carrier, _) = await CarryAsync();
        // Opened and not yet heard of: this side keeps the carrier.
        carrier.TryOpen();
        RawMember member = await JoinOverAsync(carrier, "a");
        await member.SendAsync(new GoodbyeFrame(Left: false, 0));
        await member.EndAsync();

        await AdvanceUntilAsync(EndOf(carrier));
    }

    [Fact]
    public async Task Carrier_WithASilentLaneAndASeatedOne_StaysAndTheSilentLaneEnds()
    {
        (Carrier carrier, _) = await CarryAsync();
        RawMember member = await JoinOverAsync(carrier, "a");
        Lane silent = carrier.TryOpen()!;
        await silent.WriteAsync(new byte[1], Token);
        Task<int> end = silent.ReadAsync(new byte[1], Token).AsTask();

        while (!end.IsCompleted)
        {
            await member.SendAsync(new HeartbeatFrame(0));
            Time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        Assert.Equal(0, await end);
        await RoundTripAsync(member);
    }

    [Fact]
    public async Task Stop_MembersOnLanes_AreToldAndTheCarrierEnds()
    {
        (Carrier carrier, _) = await CarryAsync();
        RawMember member = await JoinOverAsync(carrier, "a");

        Task stop = Server.StopAsync(Token);

        await member.ReceiveAsync<ClosingFrame>();
        await member.SendAsync(new GoodbyeFrame(Left: false, 0));
        await member.EndAsync();
        await AdvanceUntilAsync(stop);
        await EndOf(carrier).WaitAsync(Token);
    }

    private static async Task EndOf(Carrier carrier)
    {
        while (carrier.TryOpen() is { } lane)
        {
            // Ends with the carrier, and never before: nobody at the other end has heard of it.
            await Record.ExceptionAsync(() => lane.CreateReader().ReadAsync().AsTask());
        }
    }

    private async Task<(Carrier Carrier, CountingNetwork Network)> CarryAsync()
    {
        var network = new CountingNetwork(await Network.ConnectAsync(Endpoint, Token));
        System.IO.Pipelines.PipeReader reader = DuplexStream.ReaderOf(network);
        Assert.True(await CarryHandshake.RunAsync(reader, network, Wire, Token));
        var carrier = new Carrier(network, reader, Carrier.MostUnreadOf(Options.Limits.MaxFrameBytes), opened: null);
        _carriers.Add(carrier);
        _ = carrier.RunAsync();
        return (carrier, network);
    }

    private RawMember OpenOverAsync(Carrier carrier, string member) => RawMember.On(carrier.TryOpen()!, member, Token);

    private async Task<RawMember> JoinOverAsync(Carrier carrier, string member)
    {
        RawMember raw = await OpenOverAsync(carrier, member).ShakeHandsAsync();
        Assert.IsType<MemberHandshakeResult.Seated>(raw.Result);
        return raw;
    }

    /// <summary>Counts the reads that brought something.</summary>
    private sealed class CountingNetwork(Stream inner) : DuplexStream
    {
        private int _reads;

        public int ReadsOfCarrier => Volatile.Read(ref _reads);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int count = await inner.ReadAsync(buffer, cancellationToken);
            Interlocked.Increment(ref _reads);
            return count;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(buffer, cancellationToken);

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}

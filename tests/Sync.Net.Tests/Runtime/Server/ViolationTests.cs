using System.Buffers.Binary;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Server;

public sealed class ViolationTests : ServerTest
{
    private static readonly Roster Two = Roster.Of(["a", "b"]);

    [Fact]
    public async Task AcknowledgingMoreThanWasSent_IsRefused() => await ExpectRefusalAsync(a => a.SendAsync(new HeartbeatFrame(1)));

    [Fact]
    public async Task AnotherTerm_IsRefused() => await ExpectRefusalAsync(a => a.SendAsync(new Term(1, 2), new HeartbeatFrame(0)));

    [Fact]
    public async Task AServersFrame_IsRefused() => await ExpectRefusalAsync(a => a.SendAsync(default(ClosingFrame)));

    [Fact]
    public async Task ARosterWithAnotherHash_IsRefused() => await ExpectRefusalAsync(a => a.SendAsync(new EnterFrame(
        1, 0, new SessionKey(SessionKind.Barrier, "b"), 0, EnterFlags.None, 99, ["a", "b"], null, null, null, null)));

    [Fact]
    public async Task ADoubleInARoster_IsRefused() => await ExpectRefusalAsync(a => a.SendAsync(new EnterFrame(
        1, 0, new SessionKey(SessionKind.Barrier, "b"), 0, EnterFlags.None, 99, ["a", "a"], null, null, null, null)));

    [Fact]
    public async Task AnOversizedFrame_IsRefused() => await ExpectRefusalAsync(async a =>
    {
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, Options.Limits.MaxFrameBytes + 1);
        await a.Stream.WriteAsync(length, Token);
    });

    [Fact]
    public async Task Garbage_IsRefused() => await ExpectRefusalAsync(async a => await a.Stream.WriteAsync(new byte[] { 0, 0, 0, 1, 0xC1 }, Token));

    /// <summary>The peer hears why and is lost to the group; the others go on.</summary>
    private async Task ExpectRefusalAsync(Func<RawMember, Task> violate)
    {
        RawMember a = await JoinAsync("a");
        RawMember b = await JoinAsync("b");
        await b.EnterAsync(1, Two);

        await violate(a);

        Assert.Equal(RefuseReason.Protocol, (await a.ReceiveAsync<RefuseFrame>()).Reason);
        Failed failed = Assert.IsType<Failed>((await b.ReceiveAsync<DecisionFrame>()).Outcome);
        Assert.Equal((SyncFailureKind.MemberLost, "a"), (failed.Kind, failed.Culprit));
        // It may read for a while, and then it is closed.
        await AdvanceUntilAsync(a.EndAsync());
    }
}

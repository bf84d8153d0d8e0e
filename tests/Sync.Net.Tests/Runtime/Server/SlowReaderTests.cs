using System.IO.Pipelines;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Server;

public sealed class SlowReaderTests : ServerTest
{
    private const int Bytes = 4 * 1024 * 1024;
    private static readonly Roster Two = Roster.Of(["a", "b"]);

    [Fact]
    public async Task Rule24_ReaderThatTakesBytes_IsAliveHoweverSlow()
    {
        RawMember a = await JoinAsync("a");
        RawMember slow = await JoinAsync("b");
        await slow.EnterAsync(1, Two, kind: SessionKind.Data);
        await RoundTripAsync(slow);
        await a.EnterAsync(1, Two, kind: SessionKind.Data, data: new byte[Bytes]);
        long taken = 0;
        TimeSpan passed = default;

        // It says nothing all the while, and reads a little now and then.
        while (passed < (Options.HeartbeatTimeout + Options.ReconnectWindow) * 2)
        {
            for (long step = taken + 64 * 1024; taken < step;)
            {
                ReadResult read = await slow.Reader.ReadAsync(Token);
                Assert.False(read.IsCompleted);
                taken += read.Buffer.Length;
                slow.Reader.AdvanceTo(read.Buffer.End);
            }
            Time.Advance(Options.HeartbeatInterval);
            passed += Options.HeartbeatInterval;
        }

        Assert.True(taken < Bytes, $"It was too fast to show anything: {taken} bytes.");
        while (taken < Bytes)
        {
            ReadResult read = await slow.Reader.ReadAsync(Token);
            Assert.False(read.IsCompleted);
            taken += read.Buffer.Length;
            slow.Reader.AdvanceTo(read.Buffer.End);
        }
    }
}

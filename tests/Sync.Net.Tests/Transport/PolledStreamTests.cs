using System.Net.Sockets;
using Sync.Net.Transport;

namespace Sync.Net.Tests.Transport;

public sealed class PolledStreamTests : BoundedTest
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_Ended_GoesOnOnThePollThreadOnlyIfItMay(bool may)
    {
        await using PolledPair pair = PolledPair.Open(may);
        Task<bool> first = pair.ReadThen(new byte[1], _ => PollThread.IsCurrent);
        pair.Send();
        Assert.Equal(may, await first.WaitAsync(Token));
    }

    [Fact]
    public async Task Read_OfBytesThatWereThereBefore_Ends()
    {
        await using PolledPair pair = PolledPair.Open();
        byte[] three = new byte[1];
        pair.Far.Send([1, 2, 3]);
        for (byte i = 1; i <= 3; i++)
        {
            Assert.Equal(1, await pair.Near.ReadAsync(three, Token));
            Assert.Equal(i, three[0]);
        }
        pair.Far.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, await pair.Near.ReadAsync(three, Token));
        Assert.Equal(0, await pair.Near.ReadAsync(three, Token));
    }

    [Fact]
    public async Task Dispose_WhileReading_EndsTheReadElsewhere()
    {
        await using PolledPair pair = PolledPair.Open();
        Task<(Exception?, bool)> reading = pair.ReadThen(new byte[1], e => (e, PollThread.IsCurrent));

        await pair.Near.DisposeAsync();

        (Exception? e, bool onPollThread) = await reading.WaitAsync(Token);
        Assert.IsType<ObjectDisposedException>(e);
        Assert.False(onPollThread);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => pair.Near.ReadAsync(new byte[1], Token).AsTask());
        Exception? ofWrite = await Record.ExceptionAsync(() => pair.Near.WriteAsync(new byte[1], Token).AsTask());
        Assert.IsType<ObjectDisposedException>(ofWrite);
    }

    [Fact]
    public async Task Dispose_ByWhoeverAwaitedTheRead_OnThePollThread_Works()
    {
        await using PolledPair pair = PolledPair.Open();
        Task<bool> read = pair.ReadThen(new byte[1], _ =>
        {
            pair.Near.Dispose();
            return true;
        });
        pair.Send();
        Assert.True(await read.WaitAsync(Token));
        Assert.Equal(0, await pair.Far.ReceiveAsync(new byte[1], Token));
    }

    [Fact]
    public async Task Read_Cancelled_LeavesTheConnectionAsItWas()
    {
        await using PolledPair pair = PolledPair.Open();
        using var cancelled = new CancellationTokenSource();
        Task<int> reading = pair.Near.ReadAsync(new byte[1], cancelled.Token).AsTask();

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(Token));
        pair.Send();
        Assert.Equal(1, await pair.Near.ReadAsync(new byte[1], Token));
    }

    [Fact]
    public async Task Reset_EndsOneConnectionAndNoOther()
    {
        await using PolledPair bad = PolledPair.Open();
        await using PolledPair good = PolledPair.Open();
        Task<Exception?> ofBad = bad.ReadThen(new byte[1], e => e);
        Task<int> ofGood = good.Near.ReadAsync(new byte[1], Token).AsTask();

        bad.Far.LingerState = new LingerOption(true, 0);
        bad.Far.Close();

        Assert.IsType<IOException>(await ofBad.WaitAsync(Token));
        good.Send();
        Assert.Equal(1, await ofGood.WaitAsync(Token));
    }

    [Fact]
    public async Task Handles_UsedAgain_TellTheNewStreamOnly()
    {
        for (int i = 0; i < 200; i++)
        {
            PolledPair old = PolledPair.Open();
            Task<Exception?> ofOld = old.ReadThen(new byte[1], e => e);
            // On its way to the poll thread while the stream is closed and its handle given to the next.
            old.Send();
            await old.DisposeAsync();
            await using PolledPair next = PolledPair.Open();
            byte[] read = new byte[1];
            Task<int> ofNext = next.Near.ReadAsync(read, Token).AsTask();
            next.Send((byte)i);

            Assert.Equal(1, await ofNext.WaitAsync(Token));
            Assert.Equal((byte)i, read[0]);
            Assert.True(await ofOld.WaitAsync(Token) is null or ObjectDisposedException);
        }
    }

    [Fact]
    public async Task Flood_OfOne_LeavesTheOthersTheirTurn()
    {
        const int Flood = 64 * 1024;
        await using PolledPair flooding = PolledPair.Open();
        await using PolledPair other = PolledPair.Open();
        int readOfFlood = 0;
        flooding.Far.Send(new byte[Flood]);
        Task<int> ofOther = other.ReadThen(new byte[1], _ => Volatile.Read(ref readOfFlood));

        Task all = ReadAllAsync();

        // Sent at the first byte of the flood, and read long before its last.
        Assert.InRange(await ofOther.WaitAsync(Token), 1, Flood / 2);
        await all.WaitAsync(Token);

        async Task ReadAllAsync()
        {
            byte[] one = new byte[1];
            while (readOfFlood < Flood)
            {
                await flooding.Near.ReadAsync(one, Token).ConfigureAwait(false);
                if (++readOfFlood == 1) other.Send();
            }
        }
    }
}

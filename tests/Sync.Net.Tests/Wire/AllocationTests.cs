using System.Buffers;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Wire;

public sealed class AllocationTests
{
    [Fact]
    public void Write_IntoAWarmBuffer_AllocatesNothing()
    {
        EnterFrame enter = (EnterFrame)Samples.Get("enter data").Frame;
        DecisionFrame decision = (DecisionFrame)Samples.Get("decision released with data").Frame;
        ArrayBufferWriter<byte> output = new(4096);

        Assert.Equal(0, AllocatedBy(() =>
        {
            output.ResetWrittenCount();
            Frames.Write(output, Samples.Term, enter);
            Frames.Write(output, Samples.Term, decision);
        }));
    }

    [Fact]
    public void Read_EnterOfAKnownSession_AllocatesNothing()
    {
        byte[] bytes = Samples.Get("enter barrier known roster").ToBytes();
        WireContext context = new(new SyncLimits());

        Assert.Equal(0, AllocatedBy(() =>
        {
            ReadOnlySequence<byte> buffer = new(bytes);
            FrameReader.TryRead(ref buffer, Wired.MaxFrameBytes, out RawFrame raw);
            Frames.Read<EnterFrame>(raw, context);
        }));
    }

    [Fact]
    public void Write_LargePayload_IsCopiedOnce()
    {
        byte[] payload = new byte[4 << 20];
        PartFrame part = new(new SessionKey(SessionKind.Data, "s"), 1, [new Contribution("a", payload, null)]);
        ArrayBufferWriter<byte> output = new(payload.Length + 4096);

        Assert.Equal(0, AllocatedBy(() =>
        {
            output.ResetWrittenCount();
            Frames.Write(output, Samples.Term, part);
        }));
    }

    private static long AllocatedBy(Action action)
    {
        // The first calls compile, and fill pools.
        for (int i = 0; i < 5; i++) action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}

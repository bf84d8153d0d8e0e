using System.Buffers;
using CsCheck;
using MessagePack;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Wire;

public sealed class GarbageTests
{
    private const int Iterations = 2000;

    private static readonly Gen<Sample> AnySample = Gen.Int[0, Samples.All.Count - 1].Select(i => Samples.All[i]);

    [Fact]
    public void TryRead_RandomBytes_GivesAStatus() => Gen.Byte.Array[0, 80].Sample(bytes => ReadAll(bytes), iter: Iterations);

    [Fact]
    public void Read_RandomBody_GivesAFrameOrWireException() => Gen.Byte.Array[0, 120].Sample(body =>
    {
        if (body.Length > 0) ReadAll(Wired.Frame(body));
    }, iter: Iterations);

    [Fact]
    public void Read_RandomFieldsAfterAGoodHeader_GivesAFrameOrWireException() =>
        Gen.Select(AnySample, Gen.Byte.Array[0, 120]).Sample((sample, fields) =>
        {
            byte[] header = sample.ToBytes()[4..6];
            ReadAll(Wired.Frame([.. header, 0, 0, .. fields]));
        }, iter: Iterations);

    [Fact]
    public void Read_MutatedFrame_GivesAFrameOrWireException() =>
        Gen.Select(AnySample, Gen.Select(Gen.Int[0, 1000], Gen.Byte).Array[1, 4]).Sample((sample, changes) =>
        {
            byte[] body = sample.ToBytes()[4..];
            foreach ((int at, byte value) in changes) body[at % body.Length] = value;
            ReadAll(Wired.Frame(body));
        }, iter: Iterations);

    [Theory]
    [InlineData("dd 7fffffff")]
    [InlineData("dd ffffffff")]
    [InlineData("dd 000186a0")]
    [InlineData("dc ffff")]
    [InlineData("df ffffffff")]
    [InlineData("db ffffffff")]
    [InlineData("db 7fffffff")]
    [InlineData("c6 ffffffff")]
    [InlineData("c6 7fffffff")]
    [InlineData("c9 ffffffff 01")]
    [InlineData("db fffffffb")]
    [InlineData("c6 fffffffb")]
    [InlineData("c9 fffffffa 01")]
    public void Read_LyingCount_AllocatesNothingForIt(string hex)
    {
        byte[] lie = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        byte[] skipped = Bodies.WithTrailing(
            Samples.Get("closing").ToBytes(), 1, (ref MessagePackWriter writer) => writer.WriteRaw(lie));
        foreach (ReadOnlySequence<byte> form in new[] { new ReadOnlySequence<byte>(skipped), Segments.OneByteEach(skipped) })
        {
            string outcome = Outcome(Samples.Get("closing"), Wired.ReadRaw(form));
            Assert.StartsWith("Frame 'Closing'", outcome, StringComparison.Ordinal);
        }
        foreach (Sample sample in Samples.All)
        {
            byte[] body = sample.ToBytes()[4..];
            for (int at = 1; at < body.Length; at++)
            {
                byte[] frame = Wired.Frame([.. body[..at], .. lie, .. body[at..]]);
                long before = GC.GetAllocatedBytesForCurrentThread();
                ReadAs(sample, frame);
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
            }
        }
    }

    private static void ReadAll(byte[] bytes)
    {
        ReadOnlySequence<byte> whole = new(bytes);
        ReadOnlySequence<byte> pieces = Segments.OneByteEach(bytes);

        FrameReadStatus status = FrameReader.TryRead(ref whole, Wired.MaxFrameBytes, out RawFrame frame);
        Assert.Equal(status, FrameReader.TryRead(ref pieces, Wired.MaxFrameBytes, out RawFrame piecemeal));
        if (status != FrameReadStatus.Frame) return;

        foreach (Sample sample in Samples.All.DistinctBy(sample => sample.Type))
        {
            Assert.Equal(Outcome(sample, frame), Outcome(sample, piecemeal));
        }
    }

    private static void ReadAs(Sample sample, byte[] bytes)
    {
        ReadOnlySequence<byte> buffer = new(bytes);
        if (FrameReader.TryRead(ref buffer, Wired.MaxFrameBytes, out RawFrame frame) != FrameReadStatus.Frame) return;
        try
        {
            sample.Read(frame, Wired.Context);
        }
        catch (WireException)
        {
        }
    }

    private static string Outcome(Sample sample, in RawFrame frame)
    {
        try
        {
            return Shape.Of(sample.Read(frame, Wired.Context));
        }
        catch (WireException e)
        {
            return e.Message;
        }
    }
}

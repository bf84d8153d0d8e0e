using System.Buffers;
using BenchmarkDotNet.Attributes;
using Sync.Net.Wire;

namespace Sync.Net.Benchmarks.Micro;

/// <summary>The two frames of every round: the enter of a member, and the decision that all of them get.</summary>
public class CodecBenchmarks
{
    private static readonly Term Term = new(1, 0x1234_5678_9abc_def0);
    private static readonly SessionKey Key = new(SessionKind.Barrier, "bench");

    private readonly WireContext _context = new(new SyncLimits());
    private readonly ArrayBufferWriter<byte> _output = new(1 << 20);
    private EnterFrame _enter;
    private DecisionFrame _decision;
    private ReadOnlySequence<byte> _enterBytes;
    private ReadOnlySequence<byte> _decisionBytes;

    [Params(2, 8, 64)]
    public int Members { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        Roster roster = Rosters.Of(Members);
        ArrivalFact[] arrivals = [.. roster.Members.Select(member => new ArrivalFact(member, TimeSpan.FromMicroseconds(123)))];
        _enter = new EnterFrame(1000, 999, Key, 1000, EnterFlags.None, roster.Hash, null, null, null, null, null);
        _decision = new DecisionFrame(Key, 1000, new Released(Members, roster.Members[^1], arrivals, null, []));
        _enterBytes = Encode(_enter);
        _decisionBytes = Encode(_decision);
    }

    [Benchmark]
    public int WriteEnter() => Write(_enter);

    [Benchmark]
    public long ReadEnter() => Read<EnterFrame>(_enterBytes).Request;

    [Benchmark]
    public int WriteDecision() => Write(_decision);

    [Benchmark]
    public long ReadDecision() => Read<DecisionFrame>(_decisionBytes).Generation;

    private int Write<TFrame>(in TFrame frame)
        where TFrame : struct, IFrame<TFrame>
    {
        _output.ResetWrittenCount();
        Frames.Write(_output, Term, frame);
        return _output.WrittenCount;
    }

    private TFrame Read<TFrame>(ReadOnlySequence<byte> bytes)
        where TFrame : struct, IFrame<TFrame>
    {
        FrameReadStatus status = FrameReader.TryRead(ref bytes, int.MaxValue, out RawFrame raw);
        if (status != FrameReadStatus.Frame) throw new InvalidDataException(status.ToString());
        return Frames.Read<TFrame>(raw, _context);
    }

    private static ReadOnlySequence<byte> Encode<TFrame>(in TFrame frame)
        where TFrame : struct, IFrame<TFrame>
    {
        var output = new ArrayBufferWriter<byte>();
        Frames.Write(output, Term, frame);
        return new ReadOnlySequence<byte>(output.WrittenMemory);
    }
}

using System.Buffers;
using System.IO.Pipelines;
using Sync.Net.Wire;

namespace Sync.Net.Runtime.Handshake;

/// <summary>Asks a server to take the lanes of many members over one connection. The result says whether it does.</summary>
internal sealed class CarryHandshake(WireContext context) : HandshakeSide<CarryHandshake.Result>(context)
{
    private static readonly FrameType[] Answers = [FrameType.Carry, FrameType.Refuse];

    private static readonly Result Carries = new(true);
    private static readonly Result Declines = new(false);

    protected override ReadOnlySpan<FrameType> Beginnings => Answers;

    /// <exception cref="OperationCanceledException">The caller's time is over.</exception>
    public static async Task<bool> RunAsync(PipeReader input, Stream output, WireContext context, CancellationToken cancellationToken)
    {
        var asking = new ArrayBufferWriter<byte>();
        Frames.Write(asking, Term.None, new CarryFrame(Protocol.Version, Protocol.OldestVersion));
        return (await new CarryHandshake(context).DriveAsync(input, output, asking, cancellationToken).ConfigureAwait(false)).IsCarried;
    }

    protected override Result? Receive(in RawFrame frame, IBufferWriter<byte> output)
    {
        if (frame.Type != FrameType.Carry) return Declines;
        CarryFrame answer = Frames.Read<CarryFrame>(frame, Context);
        return answer.Version >= Protocol.OldestVersion && answer.OldestVersion <= Protocol.Version ? Carries : Declines;
    }

    protected override Result OnForeign(string text) => Declines;

    protected override Result OnFault(RefuseReason reason, string text, IBufferWriter<byte> output) => Declines;

    protected override Result OnClosed(string text) => Declines;

    /// <summary>Whether the server takes lanes.</summary>
    internal sealed record Result(bool IsCarried);
}

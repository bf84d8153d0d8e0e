using System.Buffers;
using System.IO.Pipelines;
using Sync.Net.Wire;

namespace Sync.Net.Runtime.Member;

internal sealed partial class RemoteLink
{
    private readonly Dictionary<(SessionKey, long), List<Contribution>> _parts = [];

    /// <summary>The server or this side said goodbye: only the end of the stream is awaited.</summary>
    private bool _over;

    private async Task ReadAsync()
    {
        string end = "the server's process ended";
        var ended = new Completions();
        try
        {
            while (true)
            {
                ReadResult read = await ended.AfterStarting(_reader.ReadAsync());
                ended.BeginCollecting();
                NoteReceived();
                ReadOnlySequence<byte> buffer = read.Buffer;
                if (_over) buffer = buffer.Slice(buffer.End);
                else if (TakeFrames(ref buffer) is { } fault)
                {
                    end = fault;
                    break;
                }
                _reader.AdvanceTo(buffer.Start, buffer.End);
                Flush();
                Completions.EndCollecting();
                if (read.IsCompleted) break;
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            end = $"the connection broke: {e.Message}";
        }
        finally
        {
            Completions.EndCollecting();
            ended.Release();
        }
        await _reader.CompleteAsync().ConfigureAwait(false);
        Close();
        if (!_over) _sink.OnDown(this, stalled: false, end);
    }

    /// <summary>Takes all whole frames off the buffer; returns what is wrong with them, if anything is.</summary>
    private string? TakeFrames(ref ReadOnlySequence<byte> buffer)
    {
        while (!_over)
        {
            FrameReadStatus status = FrameReader.TryRead(ref buffer, _settings.LargestTaken, out RawFrame frame);
            if (status == FrameReadStatus.NeedMore) return null;
            if (status != FrameReadStatus.Frame) return $"the server sent a frame that is {(status == FrameReadStatus.TooLarge ? "larger than MaxFrameBytes" : "malformed")}";
            try
            {
                Take(frame);
            }
            catch (WireException e)
            {
                return $"the server broke the protocol: {e.Message}";
            }
        }
        return null;
    }

    private void Take(in RawFrame raw)
    {
        WireContext wire = _settings.Wire;
        switch (raw.Type)
        {
            case FrameType.Decision:
                DecisionFrame decision = Frames.Read<DecisionFrame>(raw, wire);
                CountAnswer();
                _sink.OnDecision(this, decision.Session, decision.Generation, Whole(decision.Session, decision.Generation, decision.Outcome));
                break;
            case FrameType.Answer:
                AnswerFrame answer = Frames.Read<AnswerFrame>(raw, wire);
                CountAnswer();
                _sink.OnAnswer(this, answer.Request, answer.Generation, Whole(answer.Session, answer.Generation, answer.Outcome));
                break;
            case FrameType.Part:
                PartFrame part = Frames.Read<PartFrame>(raw, wire);
                if (!_parts.TryGetValue((part.Session, part.Generation), out List<Contribution>? parts))
                {
                    _parts.Add((part.Session, part.Generation), parts = []);
                }
                parts.AddRange(part.Contributions);
                break;
            case FrameType.NeedRoster:
                NameRoster(Frames.Read<NeedRosterFrame>(raw, wire).Request);
                break;
            case FrameType.Ping:
                Reply(new PongFrame(Frames.Read<PingFrame>(raw, wire).Token, _answers, WallMicroseconds));
                break;
            case FrameType.Closing:
                _over = true;
                Reply(new GoodbyeFrame(Left: false, _answers));
                _sink.OnClosing(this);
                break;
            case FrameType.Refuse:
                _over = true;
                RefuseFrame refuse = Frames.Read<RefuseFrame>(raw, wire);
                _sink.OnRefused(this, refuse.Reason, refuse.Text);
                break;
            default:
                // Heartbeats have done their work by arriving; unknown frames are a later version's.
                break;
        }
    }

    private void NameRoster(long request)
    {
        lock (_gate) _asked = request;
        _sink.OnNeedRoster(this, request);
        lock (_gate) _asked = null;
    }

    private void CountAnswer()
    {
        lock (_gate) _answers++;
    }

    private void Reply<TFrame>(in TFrame frame)
        where TFrame : struct, IFrame<TFrame>
    {
        lock (_gate) Queue(frame);
        Flush();
    }

    /// <summary>For who wants to know how far this host's clock is ahead.</summary>
    private long WallMicroseconds => (_settings.Time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / (TimeSpan.TicksPerMillisecond / 1000);

    /// <summary>Puts a result together whose contributions came in parts.</summary>
    private Outcome Whole(SessionKey session, long generation, Outcome outcome) =>
        outcome is Released released && _parts.Remove((session, generation), out List<Contribution>? parts)
            ? released with { Contributions = parts }
            : outcome;
}

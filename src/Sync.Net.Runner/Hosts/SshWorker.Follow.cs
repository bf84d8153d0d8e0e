using System.Globalization;
using System.Text;

namespace Sync.Net.Runner.Hosts;

/// <content>Follows the worker, over one connection after another.</content>
internal sealed partial class SshWorker
{
    /// <summary>How many pieces are taken before the host is told, which keeps at most <see cref="SshAgent.MostPieces"/>.</summary>
    private const int PiecesATell = 32;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly SshOutput[] _outputs;
    private readonly SemaphoreSlim _telling = new(1, 1);
    private int? _code;
    private volatile bool _isGone;

    private TimeSpan BeatInterval => TimeSpan.FromSeconds(Math.Clamp(_start.LostRunnerTimeout.TotalSeconds / 6, 0.2, 5));

    /// <summary>Until it is removed: the beats keep its folder for collecting after its end.</summary>
    private async Task FollowAsync()
    {
        long? broken = null;
        string why = "";
        while (!_stop.IsCancellationRequested && !_isGone)
        {
            try
            {
                (bool attached, string text) = await FollowOnceAsync().ConfigureAwait(false);
                if (attached) broken = null;
                broken ??= _host.Time.GetTimestamp();
                why = text;
                if (!_isGone && _host.Time.GetElapsedTime(broken.Value) < _start.LostRunnerTimeout) await Task.Delay(Pause, _host.Time, _stop.Token).ConfigureAwait(false);
                else _isGone = true;
            }
            catch (OperationCanceledException)
            {
                break;
            }
            catch (Exception e) when (e is HostException or IOException)
            {
                // There is no ssh any more, or it ended in the middle of a word.
                broken ??= _host.Time.GetTimestamp();
                why = e.Message;
                _isGone = _host.Time.GetElapsedTime(broken.Value) >= _start.LostRunnerTimeout;
            }
        }

        foreach (SshOutput output in _outputs) await output.FinishAsync().ConfigureAwait(false);
        if (!_stop.IsCancellationRequested) Lose($"host '{_host.Name}' was lost: {why}");
    }

    /// <returns>Whether the agent answered, and what ended the connection.</returns>
    private async Task<(bool Attached, string Text)> FollowOnceAsync()
    {
        string phase = string.Create(CultureInfo.InvariantCulture, $"follow {_outputs[0].Taken + 1} {_outputs[1].Taken + 1}");
        bool attached = false;
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        (SshConnection connection, string? answer) = await BeginAsync(phase, _stop.Token).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            Task beats = Task.CompletedTask;
            try
            {
                if (answer == "gone")
                {
                    _isGone = true;
                    return (false, $"its agent is gone; the host was started again, or the runner was away for longer than {_start.LostRunnerTimeout.TotalSeconds} s");
                }

                attached = answer is not null;
                if (attached)
                {
                    beats = BeatAsync(connection, ended.Token);
                    await TakeAsync(connection).ConfigureAwait(false);
                }

                return (attached, _isGone ? "its agent was killed" : await connection.LastErrorAsync(_host.Time, _stop.Token).ConfigureAwait(false));
            }
            catch (Exception e) when (e is IOException or HostException)
            {
                return (attached, e.Message);
            }
            finally
            {
                await ended.CancelAsync().ConfigureAwait(false);
                await beats.ConfigureAwait(false);
            }
        }
    }

    /// <summary>Takes pieces until the connection ends; one that did not come whole is sent again over the next.</summary>
    private async Task TakeAsync(SshConnection connection)
    {
        byte[] piece = new byte[SshAgent.PieceBytes];
        int untold = 0;
        while (await connection.LineAsync(_stop.Token).ConfigureAwait(false) is { } head)
        {
            string[] words = head.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            int number = words.Length == 2 && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : throw new IOException($"the agent said '{head}'");
            if (words[0] == "x") _code = number;
            else if (words[0] == "l") _isGone = true;
            else
            {
                if (number > piece.Length) throw new IOException($"the agent said '{head}'");
                await connection.Output.ReadExactlyAsync(piece.AsMemory(0, number), _stop.Token).ConfigureAwait(false);
                await _outputs.Single(o => o.Name == words[0][0]).TakeAsync(piece.AsMemory(0, number)).ConfigureAwait(false);
                if (++untold % PiecesATell == 0) await TellTakenAsync(connection, _stop.Token).ConfigureAwait(false);
            }

            if (_code is { } code && _outputs.All(o => o.IsComplete)) _completion.TrySetResult(WorkerEnd.OfCode(code));
            if (_isGone) return;
        }
    }

    private async Task BeatAsync(SshConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            using PeriodicTimer timer = new(BeatInterval, _host.Time);
            do await TellTakenAsync(connection, cancellationToken).ConfigureAwait(false);
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The reading side sees the same end.
        }
    }

    /// <summary>The beat: the runner lives, and has these pieces.</summary>
    private async Task TellTakenAsync(SshConnection connection, CancellationToken cancellationToken)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"b {_outputs[0].Taken} {_outputs[1].Taken}\n");
        await _telling.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await connection.Input.WriteAsync(Encoding.ASCII.GetBytes(line), cancellationToken).ConfigureAwait(false);
            await connection.Input.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _telling.Release();
        }
    }
}

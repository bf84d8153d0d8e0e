using System.Globalization;
using System.Text;

namespace Sync.Net.Runner.Hosts;

/// <content>Brings the record of the worker's calls, and finds out how its host's clock differs, by which they are timed.</content>
internal sealed partial class SshWorker
{
    private const int Exchanges = 5;

    private static readonly TimeSpan RecordPatience = TimeSpan.FromSeconds(60);

    public override async Task<ClockOffset?> TakeRecordAsync(CancellationToken cancellationToken)
    {
        if (_start.RecordFile is not { } target) return null;
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(RecordPatience);
        (SshConnection connection, string? answer) = await BeginAsync("record", limit.Token).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            if (answer != "clock") throw new HostException($"Member '{_start.Member}': the record of its calls could not be brought from host '{_host.Name}': {answer ?? await connection.LastErrorAsync(_host.Time, limit.Token).ConfigureAwait(false)}.");
            ClockOffset? best = null;
            for (int i = 0; i < Exchanges; i++)
            {
                ClockOffset? measured = await MeasureAsync(connection, limit.Token).ConfigureAwait(false);
                if (best is null || measured?.Error < best.Error) best = measured;
            }
            await SayAsync(connection, "record", limit.Token).ConfigureAwait(false);
            string size = await connection.LineAsync(limit.Token).ConfigureAwait(false) ?? "";
            if (!long.TryParse(size.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long left)) throw new IOException($"the agent said '{size}'");
            FileStream file = new(target, FileMode.Create, FileAccess.Write, FileShare.Read);
            await using (file.ConfigureAwait(false))
            {
                byte[] piece = new byte[SshAgent.PieceBytes];
                for (int read; left > 0; left -= read)
                {
                    read = await connection.Output.ReadAsync(piece.AsMemory(0, (int)Math.Min(left, piece.Length)), limit.Token).ConfigureAwait(false);
                    if (read == 0) throw new EndOfStreamException($"the link to host '{_host.Name}' broke in the middle of the record of calls");
                    await file.WriteAsync(piece.AsMemory(0, read), limit.Token).ConfigureAwait(false);
                }
            }
            return best;
        }
    }

    /// <summary>One exchange: the host's time belongs to some moment between question and answer.</summary>
    private async Task<ClockOffset?> MeasureAsync(SshConnection connection, CancellationToken cancellationToken)
    {
        DateTimeOffset asked = _host.Time.GetUtcNow();
        long began = _host.Time.GetTimestamp();
        await SayAsync(connection, "time", cancellationToken).ConfigureAwait(false);
        string text = await connection.LineAsync(cancellationToken).ConfigureAwait(false) ?? "";
        TimeSpan half = _host.Time.GetElapsedTime(began) / 2;
        // Not every date tells more than seconds: it leaves the rest as text, or out.
        string[] words = text.Split('.', 2);
        if (!long.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)) return null;
        bool isFine = words.Length == 2 && words[1].Length == 9 && words[1].All(char.IsAsciiDigit);
        TimeSpan rest = isFine ? TimeSpan.FromTicks(long.Parse(words[1], CultureInfo.InvariantCulture) / 100) : TimeSpan.FromSeconds(0.5);
        TimeSpan error = isFine ? half : half + TimeSpan.FromSeconds(0.5);
        return new ClockOffset(DateTimeOffset.FromUnixTimeSeconds(seconds) + rest - (asked + half), error);
    }

    private static async Task SayAsync(SshConnection connection, string word, CancellationToken cancellationToken)
    {
        await connection.Input.WriteAsync(Encoding.ASCII.GetBytes(word + "\n"), cancellationToken).ConfigureAwait(false);
        await connection.Input.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}

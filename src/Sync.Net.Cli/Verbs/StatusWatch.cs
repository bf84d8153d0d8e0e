using System.Diagnostics;
using System.Runtime.CompilerServices;
using Sync.Net.Cli.Output;

namespace Sync.Net.Cli.Verbs;

/// <summary>Shows a group's status until it is told to stop: live on a terminal, else a line for each change.</summary>
internal sealed class StatusWatch(SyncGroup group, Printer output)
{
    /// <summary>How soon a change is seen; a look is one short request.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>A picture whose clocks stand still looks dead.</summary>
    private static readonly TimeSpan Picture = TimeSpan.FromSeconds(1);

    /// <summary>The end of a watch is no failure of anything.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        // Asked for this, the group follows its server, whose end between two looks would else be taken for one that is yet to start.
        _ = group.ConnectionLost;
        try
        {
            if (!output.IsJson && LiveStatus.IsPossible) await LiveStatus.ShowAsync(group.Name, LooksAsync(cancellationToken), cancellationToken);
            else await PrintAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C is how it ends.
        }
        return ExitCodes.Success;
    }

    private async Task PrintAsync(CancellationToken cancellationToken)
    {
        StatusChanges changes = new();
        while (true)
        {
            GroupStatus status = await group.GetStatusAsync(cancellationToken: cancellationToken);
            List<string> lines = changes.Since(status);
            if (output.IsJson && lines.Count > 0) output.Json(json => StatusText.Write(json, status));
            else output.Lines([.. lines.Select(static line => $"{TimeProvider.System.GetLocalNow():HH:mm:ss}  {line}")]);
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Each change, and each second.</summary>
    private async IAsyncEnumerable<StatusLook> LooksAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StatusChanges changes = new();
        GroupStatus status = await group.GetStatusAsync(cancellationToken: cancellationToken);
        long answered = Stopwatch.GetTimestamp();
        TimeSpan drawn = -Picture;
        long began = answered;
        while (true)
        {
            TimeSpan now = Stopwatch.GetElapsedTime(began);
            if (changes.Since(status).Count > 0 || now - drawn >= Picture)
            {
                drawn = now;
                yield return new StatusLook(status, null);
            }
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
            Task<GroupStatus> asking = group.GetStatusAsync(cancellationToken: cancellationToken);
            while (await Task.WhenAny(asking, Task.Delay(Picture, TimeProvider.System, cancellationToken)) != asking)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return new StatusLook(status, Stopwatch.GetElapsedTime(answered));
            }
            status = await asking;
            answered = Stopwatch.GetTimestamp();
        }
    }
}

using System.Text;
using Sync.Net.Runner.Hosts;

namespace Sync.Net.Runner.Engine;

/// <summary>A member that somebody else starts: all that is known of it is what it does in the group.</summary>
internal sealed class AwaitedWorker : Worker
{
    private readonly TaskCompletionSource<WorkerEnd> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override Task<WorkerEnd> Completion => _completion.Task;

    /// <summary>Why it is over in bad order; null if it left, or was let go.</summary>
    public string? Failure { get; private set; }

    public void End(string? failure)
    {
        Failure = failure;
        _completion.TrySetResult(new WorkerEnd(null, null));
    }

    public override Task KillAsync()
    {
        _completion.TrySetResult(new WorkerEnd(null, null));
        return Task.CompletedTask;
    }

    public override Task<IReadOnlyList<string>> CollectAsync(IReadOnlyCollection<string> patterns, string folder, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>What to paste into a POSIX shell there; commands that follow in that shell are the member's.</summary>
    public static string LineOf(IReadOnlyDictionary<string, string> environment)
    {
        var line = new StringBuilder("export");
        foreach ((string name, string value) in environment.OrderBy(static each => each.Key, StringComparer.Ordinal))
        {
            line.Append(' ').Append(name).Append("='").Append(value.Replace("'", "'\\''", StringComparison.Ordinal)).Append('\'');
        }
        return line.ToString();
    }
}

using System.Runtime.CompilerServices;

namespace Sync.Net.IntegrationTests.Harness;

/// <summary>Every await of a test ends: with the event, with the test's token, or with a text that says what was awaited.</summary>
internal static class Bounded
{
    /// <summary>Longer than anything takes that works, also on a busy machine.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task<T> Within<T>(
        this Task<T> task, TimeSpan limit, Func<string>? state = null, [CallerArgumentExpression(nameof(task))] string? what = null)
    {
        await Within((Task)task, limit, state, what);
        return await task;
    }

    public static async Task Within(
        this Task task, TimeSpan limit, Func<string>? state = null, [CallerArgumentExpression(nameof(task))] string? what = null)
    {
        try
        {
            await task.WaitAsync(limit, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            Assert.Fail($"'{what}' did not happen within {limit.TotalSeconds} s.\n{state?.Invoke()}");
        }
    }
}

namespace Sync.Net.Arguments;

/// <summary>Checks how long a caller wants to wait.</summary>
internal static class TimeoutArgument
{
    /// <summary>The longest that timers of the platform can do, rounded down.</summary>
    public static readonly TimeSpan Max = TimeSpan.FromDays(49);

    /// <exception cref="ArgumentOutOfRangeException">The time is negative or too long.</exception>
    public static TimeSpan? Check(TimeSpan? timeout, string parameter) =>
        timeout is not { } time || IsUsable(time)
            ? timeout
            : throw new ArgumentOutOfRangeException(
                parameter, time, "Wait from zero to 49 days, or Timeout.InfiniteTimeSpan to wait for ever.");

    public static bool IsUsable(TimeSpan time) =>
        time == Timeout.InfiniteTimeSpan || (time >= TimeSpan.Zero && time <= Max);
}

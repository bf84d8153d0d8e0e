namespace Sync.Net.Runtime.Server;

/// <summary>A server's own time, which begins with it, and the calendar's.</summary>
internal sealed class KeptClock(DateTimeOffset started)
{
    public long ToCalendar(TimeSpan at) => (started + at).ToUnixTimeMilliseconds();

    /// <summary>Before this server; a calendar that was set back makes nothing younger than it.</summary>
    public TimeSpan FromCalendar(long milliseconds)
    {
        TimeSpan at = TimeSpan.FromMilliseconds(milliseconds - started.ToUnixTimeMilliseconds());
        return at < TimeSpan.Zero ? at : TimeSpan.Zero;
    }
}

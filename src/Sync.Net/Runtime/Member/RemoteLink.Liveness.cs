using Sync.Net.Wire;

namespace Sync.Net.Runtime.Member;

internal sealed partial class RemoteLink
{
    private ITimer? _timer;
    private long _receivedAt;
    private bool _sentSinceBeat;
    private bool _stalled;
    private bool _lingered;

    private void StartWatching()
    {
        _receivedAt = _settings.Time.GetTimestamp();
        _timer = _settings.Time.CreateTimer(
            static state => ((RemoteLink)state!).Beat(), this, _settings.HeartbeatInterval, _settings.HeartbeatInterval);
    }

    private void StopWatching() => _timer?.Dispose();

    private void NoteReceived() => Volatile.Write(ref _receivedAt, _settings.Time.GetTimestamp());

    private void NoteSent() => _sentSinceBeat = true;

    /// <summary>Once a heartbeat interval: a sign of life if nothing else went out, and a look at the server's.</summary>
    private void Beat()
    {
        TimeSpan silence = _settings.Time.GetElapsedTime(Volatile.Read(ref _receivedAt));
        bool stalls;
        bool lingers;
        lock (_gate)
        {
            if (_closed) return;
            lingers = (_over || _departing) && _lingered;
            _lingered = _over || _departing;
            if (!_sentSinceBeat) Queue(new HeartbeatFrame(_answers));
            _sentSinceBeat = false;
            stalls = !_stalled && !_lingered && silence > _settings.HeartbeatTimeout;
            if (stalls) _stalled = true;
        }
        if (lingers)
        {
            Close();
            return;
        }
        Flush();
        if (stalls) _sink.OnDown(this, stalled: true, $"the server was silent for {Coordination.Durations.Of(silence)}");
    }
}

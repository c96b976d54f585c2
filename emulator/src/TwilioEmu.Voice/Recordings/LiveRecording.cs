using System.Collections.Immutable;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Media.Rendering;

namespace TwilioEmu.Voice.Recordings;

/// <summary>A recording that goes on: started, paused, resumed, stopped.</summary>
/// <remarks>Loop-confined. Made by <see cref="RecordingDesk"/>, which is told when it has ended and makes it ready.</remarks>
internal sealed class LiveRecording
{
    private readonly RecordingDesk _desk;
    private readonly List<Stretch> _stretches = [];
    private DateTimeOffset _since;
    private bool _isSilent;

    public LiveRecording(RecordingDesk desk, Recording record, RecordingSpec spec, long cause)
    {
        (_desk, Record, Spec, _since) = (desk, record, spec, record.StartTime);
        Put(record, RecordingEntries.Started, cause);
        desk.Spools(record.Sound);
    }

    public Recording Record { get; private set; }

    public RecordingSpec Spec { get; }

    /// <summary>Seq of the last entry of its life.</summary>
    public long Cause { get; private set; }

    public bool IsOver { get; private set; }

    /// <summary>How long it is by now; paused time counts where it is kept as silence.</summary>
    public TimeSpan Length => _stretches.Aggregate(IsRunning ? Now - _since : TimeSpan.Zero, (sum, s) => sum + (s.Until - s.From));

    private bool IsRunning => !IsOver && (Record.Status == RecordingStatus.InProgress || _isSilent);

    private DateTimeOffset Now => _desk.Now;

    /// <summary>Records nothing until it is resumed.</summary>
    /// <param name="skips">True leaves the time out; false keeps it as silence
    /// (twilio.com/docs/voice/api/recording: PauseBehavior).</param>
    /// <param name="cause">Of the order.</param>
    public void Pause(bool skips, long cause)
    {
        if (IsOver || Record.Status != RecordingStatus.InProgress) return;
        Close();
        _isSilent = !skips;
        Become(RecordingStatus.Paused, RecordingEntries.Paused, cause);
        _desk.Tell(this, RecordingEvent.Paused);
    }

    public void Resume(long cause)
    {
        if (IsOver || Record.Status != RecordingStatus.Paused) return;
        Close();
        _isSilent = false;
        Become(RecordingStatus.InProgress, RecordingEntries.Resumed, cause);
        _desk.Tell(this, RecordingEvent.Resumed);
    }

    /// <summary>Ends it; it is ready a moment later.</summary>
    public void Stop(long cause)
    {
        if (IsOver) return;
        Close();
        IsOver = true;
        Put(
            Record with { Status = RecordingStatus.Processing, DateUpdated = Now, Length = Length, Stretches = [.. _stretches] },
            RecordingEntries.Stopped, cause);
        _desk.Tell(this, RecordingEvent.Stopped);
        _desk.Finish(this);
    }

    /// <summary>It is ready, or came to nothing.</summary>
    public void Settle(RecordingStatus status, ImmutableArray<Stretch> stretches, int? errorCode)
    {
        var length = stretches.Aggregate(TimeSpan.Zero, (sum, s) => sum + (s.Until - s.From));
        Put(
            Record with { Status = status, DateUpdated = Now, Length = length, Stretches = stretches, ErrorCode = errorCode },
            status == RecordingStatus.Completed ? RecordingEntries.Completed : RecordingEntries.Absent, Cause);
    }

    private void Close()
    {
        if (IsRunning && Now > _since) _stretches.Add(new Stretch(_since, Now, _isSilent));
        _since = Now;
    }

    private void Become(RecordingStatus status, EntryKind kind, long cause) =>
        Put(Record with { Status = status, DateUpdated = Now }, kind, cause);

    private void Put(Recording record, EntryKind kind, long cause)
    {
        Record = record;
        Cause = _desk.Put(record, kind, cause);
    }
}

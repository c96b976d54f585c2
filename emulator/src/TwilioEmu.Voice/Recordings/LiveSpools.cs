using TwilioEmu.Media.Score;

namespace TwilioEmu.Voice.Recordings;

/// <summary>Has the live inputs behind a track keep their frames, which their ring forgets after 10 s.</summary>
/// <remarks>
/// Once a track is recorded it is watched as long as it lives: what a leg is given to hear, and who is joined, comes later. Loop-confined.
/// </remarks>
internal static class LiveSpools
{
    // Four hours, the longest call unless the account was given more: 115 MB for each live leg.
    private const int MaxFrameCount = 4 * 3600 * 50;

    public static void Keep(Track track) => new Watch().Enter(track);

    private sealed class Watch
    {
        private readonly Dictionary<object, int> _read = [];

        public void Enter(Track track)
        {
            if (!_read.TryAdd(track, 0)) return;
            Read(track);
            track.Changed += Read;
        }

        private void Read(Track track)
        {
            for (var i = _read[track]; i < track.Count; i++)
            {
                switch (track[i].Source)
                {
                    case Source.Live live: live.Input.TrySpool(new MemorySpool(MaxFrameCount)); break;
                    case Source.Of of: Enter(of.Track); break;
                    case Source.Mixed mixed: Enter(mixed.Mix); break;
                }
            }
            _read[track] = track.Count;
        }

        private void Enter(Mix mix)
        {
            if (!_read.TryAdd(mix, 0)) return;
            ReadVoices(mix);
            mix.Changed += () => ReadVoices(mix);
        }

        private void ReadVoices(Mix mix)
        {
            foreach (var voice in mix.At(DateTimeOffset.MaxValue)) Enter(voice.Track);
        }
    }
}

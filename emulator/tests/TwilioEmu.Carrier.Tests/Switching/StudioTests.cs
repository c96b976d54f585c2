using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Carrier.Tests.Switching;

public sealed class StudioTests
{
    private const int Mega = 1024 * 1024;

    [Fact]
    public async Task A_world_keeps_no_more_decoded_sound_than_its_memory_allows()
    {
        await using var world = new World(new WorldOptions { Clock = new ClockMode.Manual(), MaxSoundBytes = 6 * Mega });
        var clips = new Exchange(world, static _ => throw new InvalidOperationException("nobody is texted")).Studio.Clips;
        // A megabyte each: half a million samples.
        var ids = Enumerable.Range(1, 8)
            .Select(i => clips.Put(Enumerable.Repeat((short)i, Mega / sizeof(short)).ToArray())).ToList();
        ids.Select(id => clips.TryGet(id, out _)).Should().Equal(false, false, false, false, true, true, true, true);
    }

    [Fact]
    public void Files_words_and_recordings_share_what_there_is()
    {
        var studio = new Studio(384 * Mega);
        studio.RecordingBytes.Should().Be(64 * Mega);
    }
}

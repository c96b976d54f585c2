using TwilioEmu.Media.Audio;
using TwilioEmu.Media.Score;
using TwilioEmu.Media.Tests.Testing;

namespace TwilioEmu.Media.Tests.Audio;

public sealed class ClipMakerTests
{
    private readonly CountingStore _clips = new();
    private readonly ClipMaker _files;

    public ClipMakerTests() => _files = new ClipMaker(_clips, SoundLimits.Default);

    [Fact]
    public async Task A_file_is_decoded_once_whoever_asks_and_however_often()
    {
        var file = WavWriter.Mono(Sounds.Sine(700, 500));
        _files.TryGet("audio/wav", file, out _).Should().BeFalse();
        var made = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _files.MakeAsync("audio/wav", file.ToArray())));
        made.Distinct().Should().ContainSingle();
        _clips.PutCount.Should().Be(1);
    }

    [Fact]
    public async Task The_very_array_is_known_at_once_and_other_bytes_or_types_are_not()
    {
        var file = WavWriter.Mono(Sounds.Sine(700, 500));
        var made = await _files.MakeAsync("audio/wav", file);
        _files.TryGet("audio/wav", file, out var known).Should().BeTrue();
        known.Should().Be(made);
        _files.TryGet("audio/ulaw", file, out _).Should().BeFalse();
        _files.TryGet("audio/wav", file.AsMemory(1), out _).Should().BeFalse();
    }

    [Fact]
    public async Task A_clip_that_was_dropped_is_made_again()
    {
        var file = WavWriter.Mono(Sounds.Sine(700, 500));
        await _files.MakeAsync("audio/wav", file);
        _clips.Drop();
        _files.TryGet("audio/wav", file, out _).Should().BeFalse();
        await _files.MakeAsync("audio/wav", file);
        _clips.PutCount.Should().Be(2);
    }

    [Theory]
    [InlineData(8000, 1000)]
    [InlineData(8001, 1001)]
    [InlineData(4, 1)]
    public async Task Its_length_is_that_of_its_samples_up_to_the_whole_millisecond(int samples, double milliseconds) =>
        (await _files.MakeAsync("audio/wav", WavWriter.Mono(new short[samples]))).Length.TotalMilliseconds.Should().Be(milliseconds);

    [Fact]
    public async Task A_file_that_is_none_is_known_as_such()
    {
        byte[] file = [1, 2, 3];
        (await _files.MakeAsync("audio/wav", file)).Fault.Should().Be(SoundFault.Broken);
        _files.TryGet("audio/wav", file, out var known).Should().BeTrue();
        known!.Fault.Should().Be(SoundFault.Broken);
    }

    private sealed class CountingStore : IClipStore
    {
        private ClipStore _clips = new(1 << 20);
        private int _putCount;

        public int PutCount => _putCount;

        public ClipId Put(ReadOnlyMemory<short> pcm)
        {
            Interlocked.Increment(ref _putCount);
            return _clips.Put(pcm);
        }

        public bool TryGet(ClipId id, out ReadOnlyMemory<short> pcm) => _clips.TryGet(id, out pcm);

        public void Drop() => _clips = new ClipStore(1 << 20);
    }
}

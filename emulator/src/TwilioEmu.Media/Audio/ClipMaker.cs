using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using TwilioEmu.Media.Keeping;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Media.Audio;

/// <summary>A file as a clip, or why it is none.</summary>
/// <param name="Id">Of its samples in the store.</param>
/// <param name="Length">Of its samples, up to the next whole millisecond, so that time falls on round instants.</param>
/// <param name="Fault">None when there are samples.</param>
/// <param name="Detail">For people: what was seen.</param>
public sealed record MadeClip(ClipId Id, TimeSpan Length, SoundFault Fault, string Detail);

/// <summary>Sound files to clips, each decoded once however often it is asked for.</summary>
/// <remarks>
/// Safe from any thread. A file is known by its type and bytes, and at once when it is the very array that was asked for before.
/// </remarks>
public sealed class ClipMaker(IClipStore clips, SoundLimits limits)
{
    // Files that are remembered by their bytes; an entry is two hashes and a length.
    private const int MaxKnown = 100_000;

    private readonly ConditionalWeakTable<byte[], Seen> _byArray = [];
    private readonly RecentlyUsed<string, MadeClip> _byBytes = new(MaxKnown, _ => 1);
    private readonly Dictionary<string, Task<MadeClip>> _underWay = [];
    private readonly Lock _gate = new();

    /// <summary>The clip, when nothing has to be read for it; any thread, at once.</summary>
    public bool TryGet(string mediaType, ReadOnlyMemory<byte> file, [NotNullWhen(true)] out MadeClip? made)
    {
        made = WholeArray(file) is { } array && _byArray.TryGetValue(array, out var seen) && seen.MediaType == mediaType
            && IsThere(seen.Made)
            ? seen.Made
            : null;
        return made is not null;
    }

    /// <summary>The clip; takes time when the file is new, so off the loop. Who asks for the same meanwhile waits for the same.</summary>
    public async Task<MadeClip> MakeAsync(string mediaType, ReadOnlyMemory<byte> file)
    {
        var key = $"{mediaType} {Convert.ToHexStringLower(SHA256.HashData(file.Span))}";
        if (!_byBytes.TryGet(key, out var made) || !IsThere(made))
        {
            Task<MadeClip>? making;
            lock (_gate)
            {
                if (!_underWay.TryGetValue(key, out making)) _underWay.Add(key, making = Task.Run(() => Make(mediaType, file)));
            }
            try
            {
                made = await making.ConfigureAwait(false);
                _byBytes.Keep(key, made);
            }
            finally
            {
                lock (_gate) _underWay.Remove(key);
            }
        }
        if (WholeArray(file) is { } array) _byArray.AddOrUpdate(array, new Seen(mediaType, made));
        return made;
    }

    private MadeClip Make(string mediaType, ReadOnlyMemory<byte> file)
    {
        var decoded = SoundDecoder.Decode(mediaType, file, limits);
        if (decoded.Fault != SoundFault.None) return new MadeClip(new ClipId(""), TimeSpan.Zero, decoded.Fault, decoded.Detail);
        var length = TimeSpan.FromMilliseconds(Math.Ceiling(decoded.Pcm.Length * 1000.0 / Grid.SampleRate));
        return new MadeClip(clips.Put(decoded.Pcm), length, SoundFault.None, "");
    }

    private bool IsThere(MadeClip made) => made.Fault != SoundFault.None || clips.TryGet(made.Id, out _);

    private static byte[]? WholeArray(ReadOnlyMemory<byte> file) =>
        MemoryMarshal.TryGetArray(file, out var segment) && segment is { Array: { } array, Offset: 0 } && segment.Count == array.Length
            ? array
            : null;

    private sealed record Seen(string MediaType, MadeClip Made);
}

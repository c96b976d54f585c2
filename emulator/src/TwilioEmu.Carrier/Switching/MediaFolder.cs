namespace TwilioEmu.Carrier.Switching;

/// <summary>The folder whose sound files phones may play: nothing outside it is ever read.</summary>
/// <param name="path">The folder; null for none.</param>
public sealed class MediaFolder(string? path)
{
    private const long MaxByteCount = 64 * 1024 * 1024;

    /// <summary>No folder: nothing may be played.</summary>
    public static readonly MediaFolder None = new(null);

    private readonly string? _root = path is null ? null : System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));

    /// <summary>The type that a file's name tells; null for one that is no sound's.</summary>
    public static string? TypeOf(string file) => System.IO.Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".wav" or ".wave" => "audio/wav",
        ".mp3" => "audio/mpeg",
        ".aif" or ".aiff" or ".aifc" => "audio/aiff",
        ".au" or ".snd" => "audio/basic",
        ".ul" or ".ulaw" => "audio/ulaw",
        _ => null,
    };

    /// <summary>Reads a sound file; off the loop.</summary>
    /// <param name="file">Its path from the folder.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>Its type and bytes; or null and why not.</returns>
    public async Task<(string Type, byte[] Bytes, string? Why)> ReadAsync(string file, CancellationToken cancellation)
    {
        if (_root is null) return ("", [], "no folder was named whose files may be played: --media DIR, or media: in the config file");
        if (TypeOf(file) is not { } type) return ("", [], "its name ends in none of .wav, .mp3, .aiff, .au, .ulaw");
        try
        {
            if (Inside(file) is not { } path) return ("", [], $"it lies outside {_root}");
            if (new FileInfo(path).Length > MaxByteCount) return ("", [], $"it has more than {MaxByteCount} bytes");
            return (type, await File.ReadAllBytesAsync(path, cancellation).ConfigureAwait(false), null);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return (
                "", [], fault is FileNotFoundException or DirectoryNotFoundException ? $"there is no such file in {_root}" : fault.Message);
        }
    }

    /// <summary>The whole path, links followed; null when it leads out of the folder.</summary>
    private string? Inside(string file)
    {
        var path = System.IO.Path.GetFullPath(file, _root!);
        if (!IsBelow(path)) return null;
        // A link within the folder may lead out of it; of folders on the way each is looked at.
        for (var at = path; at is not null && IsBelow(at); at = System.IO.Path.GetDirectoryName(at))
        {
            FileSystemInfo entry = Directory.Exists(at) ? new DirectoryInfo(at) : new FileInfo(at);
            if (entry.ResolveLinkTarget(returnFinalTarget: true) is { } target && !IsBelow(target.FullName)) return null;
        }
        return path;
    }

    private bool IsBelow(string path) => path.StartsWith(_root + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal);
}

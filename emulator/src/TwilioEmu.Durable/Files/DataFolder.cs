using System.Text;
using TwilioEmu.Durable.Documents;

namespace TwilioEmu.Durable.Files;

/// <summary>The folder of <c>--data</c>: the file, and the lock that keeps a second process out.</summary>
internal sealed class DataFolder : IDisposable
{
    private const string FileName = "twilioemu.db";
    private const int PageSize = LogLook.PageSize;
    private const int MagicAt = 32;

    // LiteDB 5: after the page's own header comes what the file is, then the version of its format.
    private static readonly byte[] Magic = Encoding.ASCII.GetBytes("** This is a LiteDB file **");
    private const byte Format = 8;

    private readonly FileStream _lock;

    private DataFolder(string folder, FileStream fileLock)
    {
        FilePath = Path.Combine(folder, FileName);
        (_lock, Tally) = (fileLock, new Tally(fileLock));
    }

    /// <summary>What was committed last, beside the file: tells whether any of it is gone.</summary>
    public Tally Tally { get; }

    /// <summary>The database.</summary>
    public string FilePath { get; }

    /// <summary>What was committed and not yet laid into it; gone after a clean stop.</summary>
    public string LogPath => Path.ChangeExtension(FilePath, null) + "-log.db";

    /// <summary>Held while a process has the folder; the tally is in it.</summary>
    public string LockPath => _lock.Name;

    /// <summary>True when an earlier process left a world.</summary>
    public bool HasFile => File.Exists(FilePath);

    /// <summary>Where a world that was carried here is written, until it is whole.</summary>
    public string ImportPath => FilePath + ".import";

    /// <summary>The same of a folder.</summary>
    public static string ImportPathOf(string folder) => Path.Combine(folder, FileName + ".import");

    // Where the world lies whose place an imported one takes, until that one has begun.
    private string BeforePath => FilePath + ".before";

    private string BeforeLogPath => LogPath + ".before";

    /// <summary>Makes the folder where it is not there, and keeps others out of it.</summary>
    /// <remarks>Where a process ended while it imported a world, the one that was there before is there again.</remarks>
    /// <param name="folder">Its path.</param>
    /// <param name="makes">False where it has to be there.</param>
    /// <exception cref="DataFault">It cannot be made or written, or another process has it.</exception>
    public static DataFolder Enter(string folder, bool makes = true)
    {
        try
        {
            if (makes) Directory.CreateDirectory(folder);
            else if (!Directory.Exists(folder)) throw new DataFault($"--data {folder}: there is no such folder");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DataFault($"--data {folder}: the folder cannot be made: {fault.Message}", fault);
        }
        var entered = new DataFolder(folder, Lock(folder));
        try
        {
            entered.CheckPlaces();
            entered.TakeBack();
            entered.CheckPair();
            return entered;
        }
        catch (DataFault)
        {
            entered.Dispose();
            throw;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            entered.Dispose();
            throw new DataFault($"--data {folder}: the world that was there before an import cannot be put back: {fault.Message}", fault);
        }
    }

    /// <summary>Files stand where files are to stand.</summary>
    private void CheckPlaces()
    {
        foreach (var path in new[] { FilePath, LogPath, ImportPath, BeforePath, BeforeLogPath })
        {
            if (Directory.Exists(path)) throw new DataFault($"{path} is a folder and not a file; move it away, or name another folder");
        }
    }

    /// <summary>What is to have a file has it.</summary>
    private void CheckPair()
    {
        if (!HasFile && new FileInfo(LogPath) is { Exists: true, Length: > 0 })
        {
            throw new DataFault(
                $"{FilePath} is missing, and {LogPath} is there, which holds what was accepted last; it was left as it is: bring the file "
                    + "back, or move the log away to begin anew");
        }
        if (!HasFile && new FileInfo(FilePath).LinkTarget is { } target)
        {
            throw new DataFault($"{FilePath} is a link to {target}, which is not there; bring it back, or remove the link to begin anew");
        }
    }

    private static FileStream Lock(string folder)
    {
        var path = Path.Combine(folder, "twilioemu.lock");
        if (Directory.Exists(path)) throw new DataFault($"{path} is a folder and not a file; move it away, or name another folder");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException fault)
        {
            throw new DataFault($"--data {folder}: another process uses this folder; stop it, or name another folder", fault);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new DataFault($"--data {folder}: the folder cannot be written: {fault.Message}", fault);
        }
    }

    /// <summary>Looks at the file and its log as bytes: nothing is opened that might change them.</summary>
    /// <exception cref="DataFault">They are none of ours, not whole, or not each other's.</exception>
    public void Check()
    {
        var (header, length) = CheckHeader(FilePath);
        LogLook log;
        try
        {
            log = LogLook.At(LogPath);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DataFault($"{LogPath} cannot be read: {fault.Message}", fault);
        }
        CheckPages(header, length, log);
    }

    private static (FileHeader Header, long Length) CheckHeader(string path)
    {
        var header = new byte[PageSize];
        int length;
        long whole;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            length = file.ReadAtLeast(header, PageSize, throwOnEndOfStream: false);
            whole = file.Length;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DataFault($"{path} cannot be read: {fault.Message}", fault);
        }
        var span = header.AsSpan(0, length);
        if (length < PageSize || !span[MagicAt..].StartsWith(Magic))
        {
            throw new DataFault($"{path} is no database of TwilioEmu's, or is damaged at its beginning; it was left as it is: name "
                + "another folder, or move it away");
        }
        if (span[MagicAt + Magic.Length] != Format)
        {
            throw new DataFault($"{path} is a LiteDB file of another version than 5; it was left as it is");
        }
        // The names of collections stand in the header as they are.
        if (span.IndexOf(Encoding.ASCII.GetBytes(Collections.World)) < 0)
        {
            throw new DataFault($"{path} is a database of another program's; it was left as it is: name another folder");
        }
        return (new FileHeader(header), whole);
    }

    private void CheckPages(FileHeader header, long length, LogLook log)
    {
        if (log.Creations.Any(made => made != header.Creation))
        {
            throw new DataFault(
                $"{LogPath} is the log of another file than {FilePath}; both were left as they are: bring back the log that belongs to it, "
                    + "or move this one away to go on without what was accepted last");
        }
        for (var page = (uint)(length / PageSize); page <= header.LastPage; page++)
        {
            // A process that ended while it laid its log down had not written these yet.
            if (log.Pages.Contains(page)) continue;
            throw new DataFault(
                $"{FilePath} has {length} bytes and had {PageSize * (header.LastPage + 1L)}: it was cut, and was left as it is; bring "
                    + "back a copy, or move it away to begin anew");
        }
    }

    /// <summary>Throws away what is kept: a world that begins anew.</summary>
    public void Empty()
    {
        File.Delete(FilePath);
        File.Delete(LogPath);
    }

    /// <summary>Puts the imported world in the place of the one that was there, which is kept until <see cref="ForgetBefore"/>.</summary>
    public void TakeImported()
    {
        // The log first: without its file it is nobody's.
        if (File.Exists(LogPath)) File.Move(LogPath, BeforeLogPath, overwrite: true);
        if (HasFile) File.Move(FilePath, BeforePath, overwrite: true);
        File.Move(ImportPath, FilePath, overwrite: true);
    }

    /// <summary>The imported world has begun.</summary>
    public void ForgetBefore()
    {
        File.Delete(BeforePath);
        File.Delete(BeforeLogPath);
    }

    /// <summary>The imported world has not begun: the one before it is there again.</summary>
    private void TakeBack()
    {
        if (!File.Exists(BeforeLogPath) && !File.Exists(BeforePath)) return;
        // With neither its file nor the import beside it the log is what was left of one that had begun: it is not the present file's.
        if (!File.Exists(BeforePath) && !File.Exists(ImportPath))
        {
            File.Delete(BeforeLogPath);
            return;
        }
        // What cannot be read takes no other's place.
        if (File.Exists(BeforePath)) CheckHeader(BeforePath);
        File.Delete(LogPath);
        if (File.Exists(BeforeLogPath)) File.Move(BeforeLogPath, LogPath, overwrite: true);
        // Last, as what tells that there is something to take back.
        if (File.Exists(BeforePath)) File.Move(BeforePath, FilePath, overwrite: true);
    }

    public void Dispose() => _lock.Dispose();
}

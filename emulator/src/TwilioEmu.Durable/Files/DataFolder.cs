using System.Text;
using TwilioEmu.Durable.Documents;

namespace TwilioEmu.Durable.Files;

/// <summary>The folder of <c>--data</c>: the file, and the lock that keeps a second process out.</summary>
internal sealed class DataFolder : IDisposable
{
    private const string FileName = "twilioemu.db";
    private const int HeaderSize = 8192;
    private const int MagicAt = 32;

    // LiteDB 5: after the page's own header comes what the file is, then the version of its format.
    private static readonly byte[] Magic = Encoding.ASCII.GetBytes("** This is a LiteDB file **");
    private const byte Format = 8;

    private readonly FileStream _lock;

    private DataFolder(string folder, FileStream fileLock)
    {
        FilePath = Path.Combine(folder, FileName);
        _lock = fileLock;
    }

    /// <summary>The database.</summary>
    public string FilePath { get; }

    /// <summary>What was committed and not yet laid into it; gone after a clean stop.</summary>
    public string LogPath => Path.ChangeExtension(FilePath, null) + "-log.db";

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
            entered.TakeBack();
            return entered;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            entered.Dispose();
            throw new DataFault($"--data {folder}: the world that was there before an import cannot be put back: {fault.Message}", fault);
        }
    }

    private static FileStream Lock(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, "twilioemu.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
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

    /// <summary>Looks at the file as bytes: nothing is opened that might change it.</summary>
    /// <exception cref="DataFault">It is none of ours.</exception>
    public void Check()
    {
        var header = new byte[HeaderSize];
        int length;
        try
        {
            using var file = new FileStream(FilePath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            length = file.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DataFault($"{FilePath} cannot be read: {fault.Message}", fault);
        }
        var span = header.AsSpan(0, length);
        if (length < HeaderSize || !span[MagicAt..].StartsWith(Magic))
        {
            throw new DataFault($"{FilePath} is no database of TwilioEmu's, or is damaged at its beginning; it was left as it is: name "
                + "another folder, or move it away");
        }
        if (span[MagicAt + Magic.Length] != Format)
        {
            throw new DataFault($"{FilePath} is a LiteDB file of another version than 5; it was left as it is");
        }
        // The names of collections stand in the header as they are.
        if (span.IndexOf(Encoding.ASCII.GetBytes(Collections.World)) < 0)
        {
            throw new DataFault($"{FilePath} is a database of another program's; it was left as it is: name another folder");
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
        File.Delete(LogPath);
        if (File.Exists(BeforeLogPath)) File.Move(BeforeLogPath, LogPath, overwrite: true);
        // Last, as what tells that there is something to take back.
        if (File.Exists(BeforePath)) File.Move(BeforePath, FilePath, overwrite: true);
    }

    public void Dispose() => _lock.Dispose();
}

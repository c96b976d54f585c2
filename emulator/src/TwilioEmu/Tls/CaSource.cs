using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace TwilioEmu.Tls;

/// <summary>Where the root comes from: two files of the user's, a folder where it is kept, or memory.</summary>
/// <remarks>
/// Nothing is made before the first client needs it. In a folder the root is made once and found again by later runs, also when two
/// processes come for it at the same time: the first to put its file in place wins, and the other takes that one. It lives one year and
/// is renewed in its last month, and when it lacks a name.
/// </remarks>
/// <param name="Folder">Holds, or will hold, <c>ca.pem</c> and <c>ca-key.pem</c>
/// (readable by the user alone); null keeps the root in memory.</param>
/// <param name="CertificateFile">A given root, PEM; beats the folder.</param>
/// <param name="KeyFile">Its key, PEM; null when both are in one file.</param>
internal sealed record CaSource(string? Folder = null, string? CertificateFile = null, string? KeyFile = null)
{
    /// <summary>What a root made here may vouch for besides Twilio's names and this machine's; one that lacks any is renewed.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    private const string CertificateName = "ca.pem";
    private const string KeyName = "ca-key.pem";

    /// <summary>True when the root is the same in every process that asks.</summary>
    public bool IsKept => Folder is not null || CertificateFile is not null;

    /// <summary>Where the root lies below the folder of durable state.</summary>
    public static string FolderBelow(string data) => Path.Combine(data, "ca");

    /// <summary>Reads or makes the root.</summary>
    /// <exception cref="CryptographicException">The files hold no CA and its key.</exception>
    /// <exception cref="IOException">They cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">Nor that.</exception>
    public CertificateAuthority Open(TimeProvider wall)
    {
        if (CertificateFile is not null)
        {
            var pem = File.ReadAllText(CertificateFile);
            return FromPem(
                pem, KeyFile is null ? pem : File.ReadAllText(KeyFile), wall,
                KeyFile is null ? CertificateFile : $"{CertificateFile}, {KeyFile}",
                "name the PEM files of a CA and its key");
        }
        if (Folder is null) return CertificateAuthority.Create(wall, Names);
        var kept = Read(Folder, wall) ?? Make(Folder, wall);
        return kept.IsDue(Names) ? Renew(Folder, kept, wall) : kept;
    }

    /// <summary>The root that takes the place of one that is due; the same where it is not.</summary>
    public CertificateAuthority Renewed(CertificateAuthority authority, TimeProvider wall) =>
        CertificateFile is not null || !authority.IsDue(Names) ? authority
        : Folder is null ? authority.Renew(Names)
        : Open(wall);

    private CertificateAuthority Renew(string folder, CertificateAuthority kept, TimeProvider wall)
    {
        using (kept)
        {
            using var renewed = kept.Renew(Names);
            var draft = WriteSecret(folder, renewed);
            // Two processes that renew at once write the same key: either certificate will do.
            File.Move(draft, Path.Combine(folder, KeyName), overwrite: true);
        }
        return Read(folder, wall) ?? throw new IOException($"{folder} does not keep what is written to it");
    }

    private static string WriteSecret(string folder, CertificateAuthority authority)
    {
        var draft = DraftOf(Path.Combine(folder, KeyName));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new StreamWriter(draft, options);
        file.Write(authority.PrivateKeyPem + authority.CertificatePem);
        return draft;
    }

    private static CertificateAuthority? Read(string folder, TimeProvider wall)
    {
        // The key is put in place first: where a certificate lies, its key does too. Both stand in the key's file, so that one
        // link makes the pair.
        var key = Path.Combine(folder, KeyName);
        if (!File.Exists(key)) return null;
        var pem = File.ReadAllText(key);
        var authority = FromPem(pem, pem, wall, key, "bring back a copy, or remove it, and a CA is made anew, which clients have to trust");
        var certificate = Path.Combine(folder, CertificateName);
        if (!File.Exists(certificate) || File.ReadAllText(certificate) != authority.CertificatePem)
        {
            Replace(certificate, authority.CertificatePem);
        }
        return authority;
    }

    private static CertificateAuthority FromPem(string certificate, string key, TimeProvider wall, string where, string cure)
    {
        try
        {
            return CertificateAuthority.FromPem(certificate, key, wall);
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            throw new CryptographicException($"{where}: {fault.Message.TrimEnd('.')}; it was left as it is: {cure}", fault);
        }
    }

    // Another process may be reading, or doing the same.
    private static void Replace(string path, string text)
    {
        var draft = DraftOf(path);
        File.WriteAllText(draft, text);
        File.Move(draft, path, overwrite: true);
    }

    private static string DraftOf(string path) =>
        Path.Combine(
            Path.GetDirectoryName(path)!,
            $".{Path.GetFileName(path)}.{Environment.ProcessId}.{Convert.ToHexString(RandomNumberGenerator.GetBytes(4))}");

    private CertificateAuthority Make(string folder, TimeProvider wall)
    {
        Directory.CreateDirectory(folder);
        var made = CertificateAuthority.Create(wall, Names);
        var draft = WriteSecret(folder, made);
        try
        {
            Place(draft, Path.Combine(folder, KeyName));
        }
        finally
        {
            File.Delete(draft);
        }
        made.Dispose();
        return Read(folder, wall) ?? throw new IOException($"{folder} does not keep what is written to it");
    }

    /// <summary>Puts a file in its place, unless another process was first.</summary>
    private static void Place(string draft, string target)
    {
        // File.Move looks first and renames then: two that look at once both win. A link is made or is not (link(2)).
        if (!OperatingSystem.IsWindows() && Link(draft, target) == 0) return;
        try
        {
            File.Move(draft, target, overwrite: false);
        }
        catch (IOException) when (File.Exists(target))
        {
            // Another process was first.
        }
    }

    [DllImport("libc", EntryPoint = "link", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string from, [MarshalAs(UnmanagedType.LPUTF8Str)] string to);
}

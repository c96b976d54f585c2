using System.ComponentModel;
using System.Diagnostics;

namespace TwilioEmu.Media.Programs;

/// <summary>A program found on PATH, once, when this is made.</summary>
/// <remarks>Arguments go to it as they are, through no shell. It is stopped, with its children, when time is up or nobody waits any
/// more.</remarks>
public sealed class InstalledProgram : IProgram, IDisposable
{
    private const int MaxDetailLength = 500;

    private readonly string? _path;
    private readonly string _name;
    private readonly ProgramLimits _limits;
    private readonly TimeProvider _wall;
    private readonly SemaphoreSlim _places;

    /// <param name="name">As it is called on a command line.</param>
    /// <param name="searchPath">Directories, as in PATH.</param>
    /// <param name="limits">Of each run.</param>
    /// <param name="wall">The wall's clock: a process knows no other.</param>
    public InstalledProgram(string name, string? searchPath, ProgramLimits limits, TimeProvider wall)
    {
        (_name, _limits, _wall) = (name, limits, wall);
        _path = (searchPath ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, name))
            .FirstOrDefault(File.Exists);
        _places = new SemaphoreSlim(limits.MaxAtOnce);
    }

    public bool IsInstalled => _path is not null;

    /// <summary>A program on this process's PATH.</summary>
    public static InstalledProgram OnPath(string name) =>
        new(name, Environment.GetEnvironmentVariable("PATH"), ProgramLimits.Default, TimeProvider.System);

    public void Dispose() => _places.Dispose();

    public async Task<ProgramResult> RunAsync(IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input, CancellationToken cancellation)
    {
        if (_path is null) return new ProgramResult(ProgramOutcome.NotInstalled, [], $"{_name} is not installed");
        await _places.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await RunAsync(_path, arguments, input, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task<ProgramResult> RunAsync(string path, IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input,
        CancellationToken cancellation)
    {
        using var process = new Process();
        process.StartInfo = new ProcessStartInfo(path, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            return new ProgramResult(ProgramOutcome.Failed, [], $"{_name} could not be started: {e.Message}");
        }
        using var timeout = new CancellationTokenSource(_limits.MaxTime, _wall);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            var writing = WriteAsync(process, input, both.Token);
            var complaint = ReadTextAsync(process, both.Token);
            var output = await ReadAsync(process, both.Token).ConfigureAwait(false);
            if (output is null) return Stop(process, "wrote too much");
            await writing.ConfigureAwait(false);
            await process.WaitForExitAsync(both.Token).ConfigureAwait(false);
            return process.ExitCode == 0
                ? new ProgramResult(ProgramOutcome.Done, output, "")
                : new ProgramResult(
                    ProgramOutcome.Failed, [], $"{_name} ended with {process.ExitCode}: {await complaint.ConfigureAwait(false)}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Stop(process, "took too long");
        }
        catch (OperationCanceledException)
        {
            Stop(process, "is not wanted any more");
            throw;
        }
    }

    private static async Task WriteAsync(Process process, ReadOnlyMemory<byte> input, CancellationToken cancellation)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, cancellation).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read all; its exit code says what that means.
        }
    }

    private async Task<byte[]?> ReadAsync(Process process, CancellationToken cancellation)
    {
        using var output = new MemoryStream();
        var chunk = new byte[64 * 1024];
        while (await process.StandardOutput.BaseStream.ReadAsync(chunk, cancellation).ConfigureAwait(false) is var count and > 0)
        {
            if (output.Length + count > _limits.MaxOutputByteCount) return null;
            output.Write(chunk, 0, count);
        }
        return output.ToArray();
    }

    private static async Task<string> ReadTextAsync(Process process, CancellationToken cancellation)
    {
        var text = "";
        var chunk = new char[1024];
        while (await process.StandardError.ReadAsync(chunk, cancellation).ConfigureAwait(false) is var count and > 0)
        {
            text = (text + new string(chunk, 0, count)) is var all && all.Length > MaxDetailLength ? all[^MaxDetailLength..] : all;
        }
        return text.Trim();
    }

    private ProgramResult Stop(Process process, string why)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself meanwhile.
        }
        return new ProgramResult(ProgramOutcome.Stopped, [], $"{_name} {why} and was stopped");
    }
}

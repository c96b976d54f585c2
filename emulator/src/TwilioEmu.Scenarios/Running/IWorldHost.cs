using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.SmppLinks;
using TwilioEmu.Kernel;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Scenarios.Running;

/// <summary>Makes worlds for stories; composition implements it.</summary>
public interface IWorldHost
{
    /// <summary>Starts a world with everything that lives in it, its REST API listening.</summary>
    /// <param name="config">Accounts, numbers, phones, app; its clock and seed are set.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<IHostedWorld> StartAsync(WorldConfig config, CancellationToken cancellation);
}

/// <summary>A world of a story's own; disposing it ends it.</summary>
public interface IHostedWorld : IAsyncDisposable
{
    World World { get; }

    HandsetDirectory Handsets { get; }

    /// <summary>Links to carriers' systems; null where it has none.</summary>
    SmppHost? Smpp => null;

    /// <summary>Where the REST API answers.</summary>
    Uri BaseUrl { get; }

    /// <summary>Accounts that may ask; the first is the one asked for when a step names none.</summary>
    IReadOnlyList<StoryAccount> Accounts { get; }
}

/// <summary>An account as a program knows it.</summary>
public sealed record StoryAccount(string Sid, string AuthToken, string FriendlyName);

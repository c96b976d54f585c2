using TwilioEmu.Accounts.Attaching;

namespace TwilioEmu.Products.Traversal;

/// <summary>Network Traversal of one world: credentials for STUN and TURN servers that do not run here.</summary>
public sealed class TraversalProduct : IProduct
{
    /// <inheritdoc/>
    public void Attach(Floor floor) => floor.Hang(new TokenOperations(floor.World).Behaviours);
}

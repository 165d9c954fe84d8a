#include "tests/model/literature.hpp"

#include "tests/model/literature_parts.hpp"

namespace simcheck::test {

using sim::Shared;

void readers(sim::World& world, int n) {
  auto& x = world.make<Shared<int>>(world, "x");
  start(world, 0, [&x] { x.store(1); });
  for (int i = 1; i <= n; ++i) start(world, i, [&x] { x.load(); });
}

void lastzero(sim::World& world, int n) {
  auto& array = world.make<Variables>(world, "array", n + 1);
  start(world, 0, [&array, n] {
    int i = n;
    while (array[i].load() != 0) --i;
  });
  for (int j = 1; j <= n; ++j) {
    start(world, j, [&array, j] { array[j].store(array[j - 1].load() + 1); });
  }
}

void indexer(sim::World& world, int n) {
  static constexpr int kSize = 128, kMessages = 4;
  auto& table = world.make<Variables>(world, "table", kSize);
  for (int tid = 0; tid < n; ++tid) {
    start(world, tid, [&table, tid] {
      for (int m = 1; m <= kMessages; ++m) {
        const int w = m * 11 + tid;
        int h = w * 7 % kSize;
        while (!table[h].compare_exchange(0, w)) h = (h + 1) % kSize;
      }
    });
  }
}

void filesystem(sim::World& world, int n) {
  static constexpr int kInodes = 32, kBlocks = 26;
  struct Disk {
    explicit Disk(sim::World& w)
        : inode(w, "inode", kInodes),
          busy(w, "busy", kBlocks),
          inode_lock(w, "inode lock", kInodes),
          block_lock(w, "block lock", kBlocks) {}
    Variables inode, busy;
    Mutexes inode_lock, block_lock;
  };
  auto& disk = world.make<Disk>(world);
  for (int tid = 0; tid < n; ++tid) {
    start(world, tid, [&disk, i = tid % kInodes] {
      disk.inode_lock[i].lock();
      bool found = disk.inode[i] != 0;
      for (int b = i * 2 % kBlocks; !found; b = (b + 1) % kBlocks) {
        disk.block_lock[b].lock();
        if (disk.busy[b] == 0) {
          disk.busy[b] = 1;
          disk.inode[i] = b + 1;
          found = true;
        }
        disk.block_lock[b].unlock();
      }
      disk.inode_lock[i].unlock();
    });
  }
}

void floating_read(sim::World& world, int n) {
  auto& x = world.make<Shared<int>>(world, "x");
  start(world, 0, [&x] { x.load(); });
  for (int i = 1; i <= n; ++i) start(world, i, [&x, i] { x.store(i); });
}

void popl_example(sim::World& world, int) {
  auto& v = world.make<Variables>(world, "v", 3);
  static constexpr int kX = 0, kY = 1, kZ = 2;
  start(world, 0, [&v] { v[kX].store(1); });
  start(world, 1, [&v] { v[kY].store(1); });
  start(world, 2, [&v] {
    if (v[kY].load() == 0) v[kZ].store(1);
  });
  start(world, 3, [&v] {
    if (v[kZ].load() == 1 && v[kY].load() == 0) v[kX].store(2);
  });
}

void philosophers(sim::World& world, int n) {
  auto& forks = world.make<Mutexes>(world, "fork", n);
  for (int i = 0; i < n; ++i) {
    start(world, i, [&forks, left = i, right = (i + 1) % n] {
      forks[left].lock();
      forks[right].lock();
      forks[right].unlock();
      forks[left].unlock();
    });
  }
}

void lost_update(sim::World& world, int n) {
  auto& x = world.make<Shared<int>>(world, "x");
  for (int i = 0; i < n; ++i) start(world, i, [&x] { x.store(x.load() + 1); });
}

void counter(sim::World& world, int n) {
  auto& x = world.make<Shared<int>>(world, "x");
  for (int i = 0; i < n; ++i) start(world, i, [&x] { x.fetch_add(1); });
}

}  // namespace simcheck::test

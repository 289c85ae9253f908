//! x
#![allow(missing_docs)]
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering::Relaxed};
pub static LIVE: [AtomicI64; 32] = [const { AtomicI64::new(0) }; 32];
pub static NOW: AtomicUsize = AtomicUsize::new(0);
pub struct Phase(usize);
impl Phase { pub fn enter(n: usize) -> Phase { Phase(NOW.swap(n, Relaxed)) } }
impl Drop for Phase { fn drop(&mut self) { NOW.store(self.0, Relaxed) } }
pub struct A;
unsafe impl GlobalAlloc for A {
    unsafe fn alloc(&self, l: Layout) -> *mut u8 { unsafe {
        let head = l.align().max(16);
        let p = System.alloc(Layout::from_size_align_unchecked(l.size() + head, head));
        let n = NOW.load(Relaxed);
        LIVE[n].fetch_add(l.size() as i64 + 16, Relaxed);
        *(p.add(head - 8) as *mut usize) = n;
        p.add(head)
    } }
    unsafe fn dealloc(&self, p: *mut u8, l: Layout) { unsafe {
        let head = l.align().max(16);
        let n = *(p.sub(8) as *mut usize);
        LIVE[n].fetch_sub(l.size() as i64 + 16, Relaxed);
        System.dealloc(p.sub(head), Layout::from_size_align_unchecked(l.size() + head, head));
    } }
}
#[global_allocator]
static G: A = A;
pub static COUNT: [AtomicUsize; 16] = [const { AtomicUsize::new(0) }; 16];
